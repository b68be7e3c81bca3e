using System.Globalization;
using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">Its points, from left to right; those without a finite height are left out.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double? Y)> Points);

/// <summary>A stretch of a chart from a place on, with its name.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Name">What is written there.</param>
internal sealed record ChartStretch(double From, string Name);

/// <summary>Lines over one axis, drawn as SVG, with a legend below.</summary>
internal sealed record LineChart(string Title, IReadOnlyList<ChartLine> Lines)
{
    private const double Width = 320, Height = 180, Left = 46, Right = 10, Top = 20, Bottom = 24;
    private const int TicksAcross = 6, TicksUp = 4;
    private static readonly string[] _colours = ["var(--mark)", "var(--soft)"];

    /// <summary>What is written below the axis. Default nothing.</summary>
    public string Below { get; init; } = "";

    /// <summary>Whether equal factors are equally far apart, to the right.</summary>
    public bool LogarithmicAcross { get; init; }

    /// <summary>Whether equal factors are equally far apart, upwards.</summary>
    public bool LogarithmicUp { get; init; }

    /// <summary>Parts of the axis that have a name. Default none.</summary>
    public IReadOnlyList<ChartStretch> Stretches { get; init; } = [];

    /// <summary>Points to stress, with what is told when the mouse is over them. Default none.</summary>
    public IReadOnlyList<(double X, double Y, string Text)> Marks { get; init; } = [];

    /// <summary>Adds the chart to a page; nothing where there is nothing to draw.</summary>
    public void Append(StringBuilder html)
    {
        var points = Lines.SelectMany(line => line.Points).Where(point => point.Y is not null).ToList();
        if (AxisScale.Over(points.Select(point => point.X), LogarithmicAcross) is not { } across || AxisScale.Over(points.Select(point => point.Y!.Value), LogarithmicUp) is not { } up)
            return;
        html.Append(CultureInfo.InvariantCulture, $"<figure class=\"tile chart\"><figcaption>{Html.Text(Title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Title)}\">");
        Axes(html, across, up);
        foreach (var (line, i) in Lines.Select((line, i) => (line, i)))
            Draw(html, line, _colours[i % _colours.Length], across, up);
        foreach (var (x, y, text) in Marks)
            html.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(across, x):0.#}\" cy=\"{Y(up, y):0.#}\" r=\"4\" fill=\"var(--mark)\" stroke=\"var(--card)\" stroke-width=\"1.5\"><title>{Html.Text(text)}</title></circle>");
        html.Append("</svg>");
        Legend(html);
        html.Append("</figure>");
    }

    private void Axes(StringBuilder html, AxisScale across, AxisScale up)
    {
        foreach (var tick in up.Ticks(TicksUp))
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(up, tick):0.#}\" y2=\"{Y(up, tick):0.#}\"/><text x=\"{Left - 5}\" y=\"{Y(up, tick) + 3.5:0.#}\" text-anchor=\"end\">{AxisScale.Text(tick)}</text>");
        foreach (var tick in across.Ticks(TicksAcross, LogarithmicAcross ? 0 : 1))
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(across, tick):0.#}\" y=\"{Height - Bottom + 13}\" text-anchor=\"middle\">{AxisScale.Text(tick)}</text>");
        html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{Height - 1}\" text-anchor=\"end\">{Html.Text(Below)}</text>");
        foreach (var stretch in Stretches)
        {
            var x = Math.Clamp(X(across, stretch.From), Left, Width - Right);
            html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top - 12}\" y2=\"{Height - Bottom}\" stroke=\"var(--line)\" stroke-dasharray=\"3 3\"/><text x=\"{x + 4:0.#}\" y=\"{Top - 6}\">{Html.Text(stretch.Name)}</text>");
        }
    }

    private void Draw(StringBuilder html, ChartLine line, string colour, AxisScale across, AxisScale up)
    {
        var seen = line.Points.Where(point => point.Y is { } y && double.IsFinite(y) && (!LogarithmicUp || y > 0))
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(across, point.X):0.#},{Y(up, point.Y!.Value):0.#}")).ToList();

        // A line of one point would not be seen.
        if (seen is [var only])
            seen.Add(only);
        html.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', seen)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\"><title>{Html.Text(line.Name)}</title></polyline>");
    }

    private void Legend(StringBuilder html)
    {
        if (Lines.Count < 2)
            return;
        html.Append("<div class=\"legend soft\">");
        foreach (var (line, i) in Lines.Select((line, i) => (line, i)))
            html.Append(CultureInfo.InvariantCulture, $"<span><i style=\"background:{_colours[i % _colours.Length]}\"></i>{Html.Text(line.Name)}</span>");
        html.Append("</div>");
    }

    private static double X(AxisScale axis, double number) => Left + ((Width - Left - Right) * axis.Place(number));

    private static double Y(AxisScale axis, double number) => Height - Bottom - ((Height - Top - Bottom) * axis.Place(number));
}
