using System.Security.Cryptography;
using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The only script of a report: it draws the map and says what is under the mouse or chosen by the arrow keys.</summary>
internal static class MapScript
{
    public static readonly string Text = """
        (() => {
          const section = document.getElementById('map'), canvas = section.querySelector('canvas'), tip = section.querySelector('output'), pen = canvas.getContext('2d');
          const { labels, points } = JSON.parse(section.querySelector('script').textContent), buttons = [...section.querySelectorAll('button')];
          const palette = ['#2f81f7', '#e69f00', '#1a9e77', '#d55e00', '#cc79a7', '#56b4e9', '#8a6fdf', '#a6761d', '#66a61e', '#e7298a'];
          let only = -1, current = -1, places = [];
          const colour = label => palette[label] ?? '#8b949e';
          function mark(i, size) {
            const [x, y] = places[i], point = points[i];
            pen.beginPath();
            if (point[2] === point[3]) { pen.arc(x, y, size, 0, 7); pen.fill(); return; }
            pen.moveTo(x - size, y - size); pen.lineTo(x + size, y + size); pen.moveTo(x + size, y - size); pen.lineTo(x - size, y + size); pen.stroke();
          }
          function draw() {
            const ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = Math.min(520, Math.round(width * 0.62));
            canvas.style.height = height + 'px';
            [canvas.width, canvas.height] = [width * ratio, height * ratio];
            pen.setTransform(ratio, 0, 0, ratio, 0, 0);
            pen.lineWidth = 2;
            places = points.map(point => [14 + point[0] * (width - 28), 14 + (1 - point[1]) * (height - 28)]);
            points.forEach((point, i) => {
              pen.globalAlpha = only < 0 || only === point[2] ? 0.85 : 0.08;
              pen.fillStyle = pen.strokeStyle = colour(point[2]);
              mark(i, 4);
            });
            pen.globalAlpha = 1;
            if (current < 0) return;
            pen.strokeStyle = getComputedStyle(section).color;
            pen.beginPath(); pen.arc(...places[current], 9, 0, 7); pen.stroke();
          }
          function show(i) {
            if (i === current) return;
            current = i;
            draw();
            tip.hidden = i < 0;
            tip.replaceChildren();
            if (i < 0) return;
            const [, , label, predicted, name, picture] = points[i];
            if (picture) tip.append(Object.assign(new Image(), { src: 'data:image/jpeg;base64,' + picture, alt: '' }));
            const text = document.createElement('span');
            text.innerText = 'True label ' + labels[label] + '\nPredicted ' + labels[predicted] + '\n' + name;
            tip.append(text);
            const left = places[i][0] > canvas.clientWidth / 2;
            tip.style.left = left ? 'auto' : places[i][0] + 14 + 'px';
            tip.style.right = left ? canvas.clientWidth - places[i][0] + 14 + 'px' : 'auto';
            tip.style.top = Math.max(0, places[i][1] - 30) + 'px';
          }
          function nearest(x, y) {
            let best = -1, least = 400;
            places.forEach((place, i) => {
              const far = (place[0] - x) ** 2 + (place[1] - y) ** 2;
              if (far < least && (only < 0 || only === points[i][2])) [best, least] = [i, far];
            });
            return best;
          }
          function step(by) {
            const order = points.map((_, i) => i).filter(i => only < 0 || only === points[i][2]).sort((a, b) => points[a][0] - points[b][0]);
            show(order[(order.indexOf(current) + by + order.length) % order.length]);
          }
          canvas.addEventListener('mousemove', event => show(nearest(event.offsetX, event.offsetY)));
          canvas.addEventListener('mouseleave', () => show(-1));
          canvas.addEventListener('keydown', event => {
            const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if (by) { event.preventDefault(); step(by); } else if (event.key === 'Escape') show(-1);
          });
          buttons.forEach((button, label) => {
            button.firstChild.style.background = colour(label);
            button.addEventListener('click', () => {
              only = only === label ? -1 : label;
              buttons.forEach((other, i) => other.setAttribute('aria-pressed', i === only));
              current = -1; tip.hidden = true; draw();
            });
          });
          tip.hidden = true;
          addEventListener('resize', draw);
          matchMedia('(prefers-color-scheme:dark)').addEventListener('change', draw);
          draw();
        })();
        """.ReplaceLineEndings("\n");

    /// <summary>What lets a browser run this script, load pictures that the page holds, and nothing else.</summary>
    public static string Policy { get; } = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";
}
