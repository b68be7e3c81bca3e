using System.Text;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The mistakes that were made with most confidence, with the images where they can be read, or with the beginnings of texts.</summary>
internal static class MistakeSection
{
    private const int Most = 18;

    /// <summary>The mistakes that are shown.</summary>
    public static IReadOnlyList<PredictionRow> Shown(EvaluationResult test) =>
        [.. test.Predictions.Where(row => row.Label != row.Predicted).OrderByDescending(row => row.Confidence).Take(Most)];

    public static string Render(EvaluationResult test, IReadOnlyDictionary<string, byte[]> pictures)
    {
        var mistakes = Shown(test);
        if (mistakes.Count == 0)
            return "";
        var html = new StringBuilder("<section><h2>Most confident mistakes</h2><div class=\"thumbs\">");
        foreach (var row in mistakes)
            html.Append(CultureInfo.InvariantCulture, $"<figure>{Image(row.Input, pictures)}<figcaption><span class=\"soft\">Predicted</span> <b>{Html.Text(row.Predicted)}</b> <span class=\"whole\">{Score(row.Confidence)}</span><br><span class=\"soft\">True label</span> <b>{Html.Text(row.Label)}</b><br><span class=\"soft\">{Html.Text(Path.GetFileName(row.Input))}</span></figcaption></figure>");
        return html.Append("</div></section>").ToString();
    }

    /// <summary>As <see cref="Render"/>, for rows that are no files.</summary>
    public static string Table(EvaluationResult test)
    {
        var mistakes = Shown(test);
        if (mistakes.Count == 0)
            return "";
        var html = new StringBuilder("<section><h2>Most confident mistakes</h2><table class=\"numbers\"><tr><th>Input</th><th>Predicted</th><th></th><th>True label</th></tr>");
        foreach (var row in mistakes)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(row.Input)}</td><td>{Html.Text(row.Predicted)}</td><td>{Score(row.Confidence)}</td><td>{Html.Text(row.Label)}</td></tr>");
        return html.Append("</table></section>").ToString();
    }

    private static string Image(string path, IReadOnlyDictionary<string, byte[]> pictures)
    {
        try
        {
            return $"<img alt=\"\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(pictures.GetValueOrDefault(path) ?? ThumbnailWriter.Jpeg(path))}\">";
        }
        catch (BadInputException)
        {
            // The file is gone or is no image: the row is told of without a picture.
            return "";
        }
    }

    // Not all trainers give probabilities.
    private static string Score(double score) => score is >= 0 and <= 1 ? Html.Percent(score) : Html.Number(score);
}
