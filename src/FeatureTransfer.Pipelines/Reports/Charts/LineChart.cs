using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">Its points, from left to right; those without a finite height are left out.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double? Y)> Points)
{
    /// <summary>Whether it is there to compare with: it is drawn dashed and soft. Default false.</summary>
    public bool Reference { get; init; }
}

/// <summary>A stretch of a chart from a place on, with its name.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Name">What is written there.</param>
internal sealed record ChartStretch(double From, string Name);

/// <summary>Lines over one axis, drawn as SVG, with a legend below.</summary>
internal sealed record LineChart(string Title, IReadOnlyList<ChartLine> Lines)
{
    private static readonly string[] _colours = ["var(--mark)", "var(--soft)"];

    /// <summary>What is written below the axis. Default nothing.</summary>
    public string Below { get; init; } = "";

    /// <summary>What is written above the axis upwards. Default nothing.</summary>
    public string Above { get; init; } = "";

    /// <summary>Whether equal factors are equally far apart, to the right.</summary>
    public bool LogarithmicAcross { get; init; }

    /// <summary>Whether equal factors are equally far apart, upwards.</summary>
    public bool LogarithmicUp { get; init; }

    /// <summary>Whether both axes go from 0 to 1, and are equally long. Default false: they go as far as the lines do.</summary>
    public bool Shares { get; init; }

    /// <summary>Parts of the axis that have a name. Default none.</summary>
    public IReadOnlyList<ChartStretch> Stretches { get; init; } = [];

    /// <summary>Points to stress, with what is told when the mouse is over them. Default none.</summary>
    public IReadOnlyList<(double X, double Y, string Text)> Marks { get; init; } = [];

    /// <summary>Adds the chart to a page; nothing where there is nothing to draw.</summary>
    public void Append(StringBuilder html)
    {
        if (Frame() is not { } frame)
            return;
        frame.Open(html);
        foreach (var stretch in Stretches)
            Draw(html, stretch, frame);
        foreach (var (line, i) in Lines.Select((line, i) => (line, i)))
            Draw(html, line, _colours[i % _colours.Length], frame);
        foreach (var mark in Marks)
            frame.Mark(html, mark);
        ChartFrame.EndDrawing(html);
        Legend(html);
        ChartFrame.Close(html);
    }

    private ChartFrame? Frame()
    {
        var points = Lines.SelectMany(line => line.Points).Where(point => point.Y is not null).ToList();
        if (AxisScale.Over(points.Select(point => point.X), LogarithmicAcross) is not { } across || AxisScale.Over(points.Select(point => point.Y!.Value), LogarithmicUp) is not { } up)
            return null;
        return Shares
            ? new ChartFrame(Title, AxisScale.Shares, AxisScale.Shares) { Height = ChartFrame.Square, Below = Below, Above = Above }
            : new ChartFrame(Title, across, up) { Below = Below, Above = Above, LeastStep = LogarithmicAcross ? 0 : 1 };
    }

    private static void Draw(StringBuilder html, ChartStretch stretch, ChartFrame frame)
    {
        var field = frame.Field;
        var x = Math.Clamp(frame.X(stretch.From), field.Left, field.Right);
        html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{field.Top - 12}\" y2=\"{field.Bottom}\" stroke=\"var(--line)\" stroke-dasharray=\"3 3\"/><text x=\"{x + 4:0.#}\" y=\"{field.Top - 6}\">{Html.Text(stretch.Name)}</text>");
    }

    private void Draw(StringBuilder html, ChartLine line, string colour, ChartFrame frame)
    {
        var seen = line.Points.Where(point => point.Y is { } y && double.IsFinite(y) && (!LogarithmicUp || y > 0))
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{frame.X(point.X):0.#},{frame.Y(point.Y!.Value):0.#}")).ToList();

        // A line of one point would not be seen.
        if (seen is [var only])
            seen.Add(only);
        var stroke = line.Reference ? "stroke-width=\"1.5\" stroke-dasharray=\"4 4\"" : "stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\"";
        html.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', seen)}\" fill=\"none\" stroke=\"{colour}\" {stroke}><title>{Html.Text(line.Name)}</title></polyline>");
    }

    private void Legend(StringBuilder html)
    {
        if (Lines.Count < 2)
            return;
        html.Append("<div class=\"legend soft\">");
        foreach (var (line, i) in Lines.Select((line, i) => (line, i)))
            html.Append(CultureInfo.InvariantCulture, $"<span><i{(line.Reference ? " class=\"dashed\"" : "")} style=\"color:{_colours[i % _colours.Length]}\"></i>{Html.Text(line.Name)}</span>");
        html.Append("</div>");
    }
}
