using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How the rows were split, and what each part has of each label.</summary>
internal static class DataSection
{
    public static string Render(RunResult result)
    {
        var html = new StringBuilder("<section><h2>Data and split</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Html.Text(Facts(result))}</p>");
        if (result.Notes.Count > 0)
            html.Append(CultureInfo.InvariantCulture, $"<ul>{string.Concat(result.Notes.Select(note => $"<li>{Html.Text(note)}.</li>"))}</ul>");
        if (result.ClassRows.Count > 0)
            LongTable.Append(html, "<th>Label</th><th>Rows</th><th>To train</th><th>To test</th>", [.. result.ClassRows.Select(Row)]);
        return html.Append("</section>").ToString();
    }

    private static string Facts(RunResult result)
    {
        var parts = result.TestRows == 0
            ? string.Create(CultureInfo.InvariantCulture, $"All {result.Rows} rows train; none are held out")
            : string.Create(CultureInfo.InvariantCulture, $"{result.TrainRows} of {result.Rows} rows ({Share(result.TrainRows)}) train and {result.TestRows} ({Share(result.TestRows)}) test");
        return string.Create(CultureInfo.InvariantCulture, $"{parts}. Everything random is drawn with seed {result.Seed}.");

        string Share(int rows) => Html.Percent((double)rows / Math.Max(1, result.Rows));
    }

    private static string Row(ClassRows label) => string.Create(CultureInfo.InvariantCulture, $"<td>{Html.Text(label.Label)}</td><td>{label.TrainRows + label.TestRows}</td><td>{label.TrainRows}</td><td>{label.TestRows}</td>");
}
