using System.Text;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Pipelines.Reports;

namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>The rows that runs answer differently, with the images where they can be read.</summary>
internal static class DisagreementSection
{
    private const int Most = 60;

    public static string Render(RunComparison comparison)
    {
        if (comparison.Disagreements is not { Count: > 0 } rows)
            return "<section><h2>Different answers</h2><p class=\"soft\">All runs answer all rows alike that all of them held out.</p></section>";
        var html = new StringBuilder("<section><h2>Different answers</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{rows.Count:N0} rows that all runs held out have different answers{(rows.Count > Most ? $"; the {Most} whose answers differ most in how wrong they are" : "")}. What is right is bold.</p>");
        LongTable.Append(html, $"<th>Row</th><th class=\"left\">Truth</th>{ComparisonPage.Names(comparison.Runs)}", [.. rows.Take(Most).Select(Row)]);
        return html.Append("</section>").ToString();
    }

    private static string Row(Disagreement row) =>
        $"<td>{Image(row.Input)}{Html.Text(Path.GetFileName(row.Input))}</td><td class=\"left text\">{Html.Text(row.Label)}</td>{string.Concat(row.Answers.Select(answer => $"<td class=\"text\">{(answer.Distance == 0 ? $"<b>{Html.Text(answer.Predicted)}</b>" : Html.Text(answer.Predicted))}</td>"))}";

    private static string Image(string path)
    {
        try
        {
            return File.Exists(path) ? $"<img alt=\"\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(ThumbnailWriter.Jpeg(path, 64))}\"><br>" : "";
        }
        catch (BadInputException)
        {
            // No image: a recording, or text.
            return "";
        }
    }
}
