using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The frame of a chart as SVG: its title, grid and axes, and the places of numbers in it.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="Across">The axis to the right.</param>
/// <param name="Up">The axis upwards.</param>
internal sealed record ChartFrame(string Title, AxisScale Across, AxisScale Up)
{
    private const double Width = 320, LeftEdge = 46, RightMargin = 10, TopEdge = 20, BottomMargin = 30;
    private const int TicksAcross = 6, TicksUp = 4;

    /// <summary>The height of a chart that is as high as it is wide.</summary>
    public const double Square = Width - LeftEdge - RightMargin + TopEdge + BottomMargin;

    /// <summary>The height, where the width is 320. Default 186.</summary>
    public double Height { get; init; } = 186;

    /// <summary>What is written below the axis to the right. Default nothing.</summary>
    public string Below { get; init; } = "";

    /// <summary>What is written above the axis upwards. Default nothing.</summary>
    public string Above { get; init; } = "";

    /// <summary>The least distance of two numbers at the axis to the right: 1 for what is counted. Default 0.</summary>
    public double LeastStep { get; init; }

    /// <summary>Where the field begins and ends.</summary>
    public (double Left, double Right, double Top, double Bottom) Field => (LeftEdge, Width - RightMargin, TopEdge, Height - BottomMargin);

    /// <summary>The place of a number on the axis to the right.</summary>
    public double X(double number) => Field.Left + ((Field.Right - Field.Left) * Across.Place(number));

    /// <summary>The place of a number on the axis upwards.</summary>
    public double Y(double number) => Field.Bottom - ((Field.Bottom - Field.Top) * Up.Place(number));

    /// <summary>Opens the figure and draws grid and axes.</summary>
    public void Open(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<figure class=\"tile chart\"><figcaption>{Html.Text(Title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Title)}\">");
        foreach (var tick in Up.Ticks(TicksUp))
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Field.Left}\" x2=\"{Field.Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/><text x=\"{Field.Left - 5}\" y=\"{Y(tick) + 3.5:0.#}\" text-anchor=\"end\">{AxisScale.Text(tick)}</text>");
        foreach (var tick in Across.Ticks(TicksAcross, LeastStep))
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):0.#}\" y=\"{Field.Bottom + 13}\" text-anchor=\"middle\">{AxisScale.Text(tick)}</text>");
        html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Field.Right}\" y=\"{Height - 4}\" text-anchor=\"end\">{Html.Text(Below)}</text>");
        if (Above.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Field.Left}\" y=\"{Field.Top - 9}\">{Html.Text(Above)}</text>");
    }

    /// <summary>Stresses a point.</summary>
    /// <param name="html">The page.</param>
    /// <param name="mark">The point, with what is told when the mouse is over it.</param>
    public void Mark(StringBuilder html, (double X, double Y, string Text) mark) =>
        html.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(mark.X):0.#}\" cy=\"{Y(mark.Y):0.#}\" r=\"4\" fill=\"var(--mark)\" stroke=\"var(--card)\" stroke-width=\"1.5\"><title>{Html.Text(mark.Text)}</title></circle>");

    /// <summary>Ends the drawing; a legend may follow before <see cref="Close" />.</summary>
    public static void EndDrawing(StringBuilder html) => html.Append("</svg>");

    /// <summary>Closes the figure.</summary>
    public static void Close(StringBuilder html) => html.Append("</figure>");
}
