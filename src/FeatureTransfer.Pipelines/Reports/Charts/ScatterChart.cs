using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Points over two axes of the same numbers, with the diagonal, drawn as SVG.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Points">The points; those that are not finite are left out.</param>
internal sealed record ScatterChart(string Title, IReadOnlyList<(double X, double Y)> Points)
{
    // More would make the page large and show no more.
    private const int Most = 2000;

    /// <summary>What is written below the axis to the right. Default nothing.</summary>
    public string Below { get; init; } = "";

    /// <summary>What is written above the axis upwards. Default nothing.</summary>
    public string Above { get; init; } = "";

    /// <summary>Adds the chart to a page; nothing where there is nothing to draw.</summary>
    public void Append(StringBuilder html)
    {
        var points = Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        if (AxisScale.Over(points.SelectMany(point => new[] { point.X, point.Y }), false) is not { } axis)
            return;
        var frame = new ChartFrame(Title, axis, axis) { Height = ChartFrame.Square, Below = Below, Above = Above };
        frame.Open(html);
        html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{frame.Field.Left}\" y1=\"{frame.Field.Bottom}\" x2=\"{frame.Field.Right}\" y2=\"{frame.Field.Top}\" stroke=\"var(--soft)\" stroke-width=\"1.5\" stroke-dasharray=\"4 4\"/>");

        // A way of no length with round ends is a dot.
        html.Append("<path fill=\"none\" stroke=\"var(--mark)\" stroke-opacity=\".55\" stroke-width=\"4\" stroke-linecap=\"round\" d=\"");
        foreach (var place in Places(points, frame))
            html.Append(place).Append("h0");
        html.Append("\"/>");
        ChartFrame.EndDrawing(html);
        if (points.Count > Most)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"legend soft\"><span>{Most:N0} of {points.Count:N0} rows, evenly over the range</span></div>");
        ChartFrame.Close(html);
    }

    private static IEnumerable<string> Places(List<(double X, double Y)> points, ChartFrame frame)
    {
        var drawn = Math.Min(points.Count, Most);
        var ordered = points.OrderBy(point => point.X).ThenBy(point => point.Y).ToList();
        return Enumerable.Range(0, drawn)
            .Select(i => ordered[(int)((long)i * points.Count / drawn)])
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"M{frame.X(point.X):0.#},{frame.Y(point.Y):0.#}"))
            .Distinct();
    }
}
