using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>A table of numbers whose later rows are folded away where there are many.</summary>
internal static class LongTable
{
    /// <summary>The rows that are shown at once.</summary>
    public const int Most = 30;

    /// <summary>Writes the table.</summary>
    /// <param name="html">The page.</param>
    /// <param name="head">The cells of the head, as HTML.</param>
    /// <param name="rows">The cells of each row, as HTML.</param>
    public static void Append(StringBuilder html, string head, IReadOnlyList<string> rows)
    {
        Table(html, head, rows.Take(Most));
        if (rows.Count <= Most)
            return;
        html.Append(CultureInfo.InvariantCulture, $"<details><summary>The other {rows.Count - Most:N0}</summary>");
        Table(html, head, rows.Skip(Most));
        html.Append("</details>");
    }

    private static void Table(StringBuilder html, string head, IEnumerable<string> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<table class=\"numbers\"><tr>{head}</tr>");
        foreach (var row in rows)
            html.Append(CultureInfo.InvariantCulture, $"<tr>{row}</tr>");
        html.Append("</table>");
    }
}
