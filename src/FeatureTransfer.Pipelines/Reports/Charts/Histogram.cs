using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How often numbers occur, in bins of a round width, drawn as SVG.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Numbers">The numbers; those that are not finite are left out.</param>
internal sealed record Histogram(string Title, IReadOnlyList<double> Numbers)
{
    private const int About = 24;

    /// <summary>What is written below the axis to the right. Default nothing.</summary>
    public string Below { get; init; } = "";

    /// <summary>What is written above the axis upwards. Default nothing.</summary>
    public string Above { get; init; } = "";

    /// <summary>The bins, from left to right without gaps: multiples of a round width, so that 0 lies between two of them.</summary>
    public IReadOnlyList<(double From, double To, int Count)> Bins()
    {
        var known = Numbers.Where(double.IsFinite).ToList();
        if (AxisScale.Over(known, false) is not { } axis)
            return [];
        var ticks = axis.Ticks(About);
        var width = ticks[1] - ticks[0];
        var places = known.ConvertAll(number => (long)Math.Floor(number / width));
        var counts = places.CountBy(place => place).ToDictionary();
        var (first, last) = (places.Min(), places.Max());
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => ((first + i) * width, (first + i + 1) * width, counts.GetValueOrDefault(first + i)))];
    }

    /// <summary>Adds the chart to a page; nothing where there is nothing to draw.</summary>
    public void Append(StringBuilder html)
    {
        var bins = Bins();
        if (bins.Count == 0)
            return;
        var frame = new ChartFrame(Title, AxisScale.Over([bins[0].From, bins[^1].To, 0], false)!.Value, new AxisScale(0, 1.05 * bins.Max(bin => bin.Count), false))
        {
            Height = ChartFrame.Square,
            Below = Below,
            Above = Above,
        };
        frame.Open(html);
        foreach (var (from, to, count) in bins.Where(bin => bin.Count > 0))
        {
            var (left, top) = (frame.X(from) + 0.5, frame.Y(count));
            html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:0.#}\" y=\"{top:0.#}\" width=\"{Math.Max(1, frame.X(to) - left - 0.5):0.#}\" height=\"{frame.Field.Bottom - top:0.#}\" fill=\"var(--mark)\" fill-opacity=\".75\"><title>{AxisScale.Text(from)} to {AxisScale.Text(to)}: {count}</title></rect>");
        }

        html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{frame.X(0):0.#}\" x2=\"{frame.X(0):0.#}\" y1=\"{frame.Field.Top}\" y2=\"{frame.Field.Bottom}\" stroke=\"var(--soft)\" stroke-width=\"1.5\" stroke-dasharray=\"4 4\"/>");
        ChartFrame.EndDrawing(html);
        ChartFrame.Close(html);
    }
}
