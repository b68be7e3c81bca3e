// What Blazor cannot do: the map's canvas, keys that a browser has for itself, files that are dropped, the camera.
let page, root, columns, canvas, pen, tip;
let points = { count: 0 };
let selected = new Set(), current = -1;
let view = { scale: 1, x: 0, y: 0 };
let lasso = null, isLasso = true, drag = null, hovered = -1, queued = false;

export function start(element, reference, columnCount) {
  [root, page, columns] = [element, reference, columnCount];
  canvas = root.querySelector('canvas');
  tip = root.querySelector('.tip');
  pen = canvas.getContext('2d');
  new ResizeObserver(paintSoon).observe(canvas.parentElement);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paintSoon);
  root.addEventListener('keydown', onKey);
  root.addEventListener('change', onChosen);
  root.addEventListener('submit', event => event.preventDefault());
  root.addEventListener('click', onClick);
  for (const [name, does] of Object.entries({ pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onUp, pointerleave: () => hover(-1), dblclick: fit })) {
    canvas.addEventListener(name, does);
  }
  canvas.addEventListener('wheel', event => { event.preventDefault(); zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY); }, { passive: false });
  for (const [name, does] of Object.entries({ dragenter: onDrag, dragover: onDrag, dragleave: onDrag, drop: onDrop })) document.addEventListener(name, does);
  paintSoon();
}

export async function draw(classes) {
  const bytes = await (await fetch('points')).arrayBuffer();
  const count = bytes.byteLength / 11;
  points = { count, classes, x: new Float32Array(bytes, 0, count), y: new Float32Array(bytes, 4 * count, count), label: new Int16Array(bytes, 8 * count, count), marks: new Uint8Array(bytes, 10 * count, count) };
  paintSoon();
}

export function select(rows, row, place) {
  selected = new Set(rows);
  current = row;
  reveal(place);
  paintSoon();
}

// The row that the page is at is on the screen, also where the list has not drawn it yet.
function reveal(place) {
  const grid = root.querySelector('#grid');
  if (place < 0 || !grid) return;
  const line = 124, top = Math.floor(place / columns) * line;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top + line > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + line - grid.clientHeight;
}

// ---- the map

function paintSoon() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(() => { queued = false; paint(); });
}

function size() {
  const box = canvas.parentElement.getBoundingClientRect();
  return [Math.max(50, box.width), Math.max(50, box.height)];
}

// Where points are on the canvas, for as long as neither its size nor the view changes.
function places() {
  const [width, height] = size(), pad = 24;
  return [pad * view.scale + view.x, (width - 2 * pad) * view.scale, (height - pad) * view.scale + view.y, (height - 2 * pad) * view.scale];
}

function place(i, [left, across, bottom, up] = places()) {
  return [left + points.x[i] * across, bottom - points.y[i] * up];
}

function paint() {
  const [width, height] = size(), ratio = devicePixelRatio || 1, style = getComputedStyle(root), at = places();
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const none = style.getPropertyValue('--none'), ink = style.getPropertyValue('--ink'), accent = style.getPropertyValue('--accent');
  const radius = points.count > 3000 ? 2.5 : points.count > 500 ? 3.5 : 5;

  // One path for all points of a kind: a browser draws it much faster than a path each.
  const open = new Path2D(), rings = new Path2D(), dots = [], crosses = [];
  for (let i = 0; i < points.count; i++) {
    if (points.x[i] < 0) continue;
    const [x, y] = place(i, at), label = points.label[i] % 10;
    if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
    if (label < 0) circle(open, x, y, radius - 0.5);
    else if (points.marks[i] & 1) cross(crosses[label] ??= new Path2D(), x, y, radius);
    else circle(dots[label] ??= new Path2D(), x, y, radius);
    if (selected.has(i)) circle(rings, x, y, radius + 3);
  }
  stroke(open, none, 1.5);
  dots.forEach((path, label) => { pen.fillStyle = style.getPropertyValue(`--c${label}`); pen.fill(path); });
  crosses.forEach((path, label) => stroke(path, style.getPropertyValue(`--c${label}`), 2.5));
  stroke(rings, accent, 2);
  if (current >= 0 && current < points.count && points.x[current] >= 0) {
    const path = new Path2D();
    circle(path, ...place(current, at), radius + 5);
    stroke(path, ink, 2.5);
  }
  if (lasso && lasso.length > 1) {
    pen.strokeStyle = accent; pen.lineWidth = 1.5; pen.setLineDash([5, 4]);
    pen.beginPath(); lasso.forEach(([x, y], i) => i ? pen.lineTo(x, y) : pen.moveTo(x, y)); pen.closePath(); pen.stroke();
    pen.setLineDash([]); pen.globalAlpha = 0.08; pen.fillStyle = accent; pen.fill(); pen.globalAlpha = 1;
  }
}

function circle(path, x, y, radius) { path.moveTo(x + radius, y); path.arc(x, y, radius, 0, 7); }

function cross(path, x, y, radius) { path.moveTo(x - radius, y - radius); path.lineTo(x + radius, y + radius); path.moveTo(x + radius, y - radius); path.lineTo(x - radius, y + radius); }

function stroke(path, colour, width) { pen.strokeStyle = colour; pen.lineWidth = width; pen.stroke(path); }

function zoom(by, x, y) {
  const scale = Math.min(60, Math.max(0.5, view.scale * by)), change = scale / view.scale;
  view = { scale, x: x - (x - view.x) * change, y: y - (y - view.y) * change };
  paintSoon();
}

function fit() { view = { scale: 1, x: 0, y: 0 }; paintSoon(); }

function zoomMiddle(by) { const [width, height] = size(); zoom(by, width / 2, height / 2); }

function nearest(x, y) {
  let best = -1, least = 144;
  const at = places();
  for (let i = 0; i < points.count; i++) {
    if (points.x[i] < 0) continue;
    const [px, py] = place(i, at), far = (px - x) ** 2 + (py - y) ** 2;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

function onDown(event) {
  canvas.setPointerCapture(event.pointerId);
  drag = { x: event.offsetX, y: event.offsetY, view, moved: false };
  if (isLasso && event.button === 0) lasso = [[event.offsetX, event.offsetY]];
}

function onMove(event) {
  if (!drag) { hover(nearest(event.offsetX, event.offsetY), event.offsetX, event.offsetY); return; }
  const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
  drag.moved ||= Math.hypot(dx, dy) > 4;
  if (lasso) lasso.push([event.offsetX, event.offsetY]);
  else view = { ...drag.view, x: drag.view.x + dx, y: drag.view.y + dy };
  paintSoon();
}

function onUp(event) {
  if (!drag) return;
  const adds = event.ctrlKey || event.metaKey || event.shiftKey, line = lasso, was = drag;
  [drag, lasso] = [null, null];
  if (!was.moved) {
    const i = nearest(event.offsetX, event.offsetY);
    if (i >= 0) page.invokeMethodAsync('GoTo', i, adds);
    else if (!adds) page.invokeMethodAsync('Lasso', [], false);
  } else if (line) {
    const rows = [], at = places();
    for (let i = 0; i < points.count; i++) if (points.x[i] >= 0 && isWithin(...place(i, at), line)) rows.push(i);
    page.invokeMethodAsync('Lasso', rows, adds);
  }
  paintSoon();
}

// By how often a line to the right of the point crosses the lasso.
function isWithin(x, y, line) {
  let within = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [line[i], line[j]];
    if (yi > y !== yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) within = !within;
  }
  return within;
}

async function hover(i, x, y) {
  if (i === hovered) return;
  hovered = i;
  if (i < 0) { tip.hidden = true; return; }
  const [key, name, label, answer] = await page.invokeMethodAsync('About', i);
  if (i !== hovered || !key) return;
  const text = document.createElement('span');
  text.innerText = [name, label, answer].filter(Boolean).join('\n');
  const picture = Object.assign(new Image(), { src: `thumbs/${i}/${key}`, alt: '' });
  picture.onerror = () => picture.remove();
  tip.replaceChildren(picture, text);
  const [width] = size();
  tip.style.left = x > width / 2 ? 'auto' : `${x + 16}px`;
  tip.style.right = x > width / 2 ? `${width - x + 16}px` : 'auto';
  tip.style.top = `${Math.max(4, y - 40)}px`;
  tip.hidden = false;
}

// ---- keys

function onKey(event) {
  const isTyping = event.target.closest('input, textarea, select, fluent-text-input'), keys = event.target.closest('[data-keys]'), control = event.ctrlKey || event.metaKey;
  const trial = event.target.closest('[data-trial-keys]');
  if (trial && /^[1-9]$/.test(event.key)) {
    trial.querySelector(`[data-trial="${event.key}"]`)?.click();
    event.preventDefault();
    return;
  }
  if (isTyping) {
    if (event.key === 'Enter' && event.target.closest('[data-local]')) { event.preventDefault(); root.querySelector('#grid').focus(); setTimeout(() => root.querySelector('#label-set').click(), 60); }
    return;
  }
  const isUndo = control && /^[zy]$/i.test(event.key);
  if (!keys && !isUndo) return;
  if (event.target === canvas && !control) {
    if (event.key === '+' || event.key === '=') return zoomMiddle(1.3);
    if (event.key === '-') return zoomMiddle(1 / 1.3);
    if (event.key === 'f') return fit();
  }
  const ours = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', ' ', 'Escape', 'Delete', 'Backspace'];
  if (!isUndo && !(control && event.key === 'a') && !(ours.includes(event.key) || (!control && /^[0-9]$/.test(event.key)))) return;
  event.preventDefault();
  page.invokeMethodAsync('Press', event.key, control, event.shiftKey);
}

function onClick(event) {
  const button = event.target.closest('[data-map]');
  if (button) {
    const does = button.dataset.map;
    if (does === 'in') zoomMiddle(1.4);
    else if (does === 'out') zoomMiddle(1 / 1.4);
    else if (does === 'fit') fit();
    else {
      isLasso = does === 'lasso';
      for (const other of root.querySelectorAll('[data-map=lasso], [data-map=pan]')) other.setAttribute('aria-pressed', other === button);
      canvas.classList.toggle('panning', !isLasso);
    }
  }
  if (event.target.closest('[data-camera]')) camera(event.target.closest('[data-camera]'));
}

// ---- files and camera

function onDrag(event) {
  if (![...event.dataTransfer.types].includes('Files')) return;
  event.preventDefault();
  const leaves = event.type === 'dragleave' && !event.relatedTarget;
  root.classList.toggle('dropped-on', !leaves);
}

function onDrop(event) {
  event.preventDefault();
  root.classList.remove('dropped-on');
  const files = [...event.dataTransfer.files];
  if (files.length === 0) return;
  if (event.target.closest('[data-drop=trials]')) attempt(files[0]); else add(files);
}

function onChosen(event) {
  const kind = event.target.dataset.upload;
  if (!kind || event.target.files.length === 0) return;
  const files = [...event.target.files];
  event.target.value = '';
  if (kind === 'trials') attempt(files[0]); else add(files);
}

async function send(kind, file) {
  const answer = await fetch(`${kind}?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'X-Studio': '1', 'Content-Type': 'application/octet-stream' }, body: file });
  return answer.headers.get('content-type')?.includes('json') ? answer.json() : { error: `${file.name}: ${answer.status === 413 ? 'is larger than 64 MB' : 'cannot be taken'}` };
}

async function add(files) {
  let next = 0, added = 0;
  const errors = [];
  const worker = async () => {
    while (next < files.length) {
      const { error } = await send('files', files[next++]).catch(failure => ({ error: String(failure) }));
      if (error) errors.push(error); else added++;
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  page.invokeMethodAsync('Dropped', added, errors.slice(0, 5));
}

async function attempt(file) {
  const { id, error } = await send('trials', file).catch(failure => ({ error: String(failure) }));
  const picture = root.querySelector('[data-tried]');
  URL.revokeObjectURL(picture.src);
  if (!error && file.type.startsWith('image/')) picture.src = URL.createObjectURL(file);
  await page.invokeMethodAsync('Tried', id ?? null, error ?? null);
  requestAnimationFrame(() => root.querySelector('[data-trial-keys]')?.focus());
}

// The first press opens the camera, the second takes the picture.
async function camera(button) {
  const video = root.querySelector('video');
  if (video.hidden) {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 640 } });
    } catch (failure) {
      page.invokeMethodAsync('Tried', null, `The camera cannot be used: ${failure.message}`);
      return;
    }
    video.hidden = false;
    button.textContent = 'Take the picture';
    await video.play();
    return;
  }
  const shot = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
  shot.getContext('2d').drawImage(video, 0, 0);
  video.srcObject.getTracks().forEach(track => track.stop());
  video.hidden = true;
  button.textContent = 'Camera';
  shot.toBlob(picture => attempt(new File([picture], `camera-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.jpg`, { type: 'image/jpeg' })), 'image/jpeg', 0.92);
}
