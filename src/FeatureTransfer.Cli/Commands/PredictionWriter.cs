using CsvHelper;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Bundles;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes predictions as a table, CSV or JSON; all but the table as they come.</summary>
/// <param name="bundle">The bundle that gave them.</param>
/// <param name="top">How many of the best labels to tell of; null for the scores of all labels.</param>
internal sealed class PredictionWriter(Bundle bundle, int? top)
{
    private readonly int _top = Math.Min(top ?? 0, bundle.Labels.Count);
    private readonly AnswerForm _form = new(bundle, top);

    public void Write(Shell shell, string format, IEnumerable<Prediction> predictions)
    {
        switch (format)
        {
            case "json":
                shell.WriteJsonList(predictions.Select(prediction => _form.Of(prediction, prediction.Input)));
                break;
            case "jsonl":
                foreach (var prediction in predictions)
                    shell.WriteJsonLine(_form.Of(prediction, prediction.Input));
                break;
            case "csv":
                WriteCsv(shell.Out, predictions);
                break;
            default:
                shell.WriteTable(top is null ? Header() : [.. Header(), "top"], [.. predictions.Select(TableRow)]);
                break;
        }
    }

    private IReadOnlyList<string> Header() => [.. Answered(), .. HasSets ? ["set"] : (string[])[], .. HasUnknown ? ["unknown"] : (string[])[]];

    private bool HasSets => bundle.Manifest.Limits?.Sets is not null;

    private bool HasUnknown => bundle.Manifest.Limits?.Unknown is not null;

    private IReadOnlyList<string> Answered() => bundle.Task switch
    {
        PipelineTask.Binary => ["input", "label", "confidence", "score", "probability"],
        PipelineTask.Regression => ["input", "number"],
        PipelineTask.MultiLabel => ["input", "labels", "confidence"],
        _ => ["input", "label", "confidence"],
    };

    private IReadOnlyList<string> TableRow(Prediction prediction)
    {
        var label = prediction switch
        {
            { Label: null } => "(could not be read)",
            { Asked: true } => "(ask a person)",
            { Unknown: true } => "(unknown)",
            { Label: "" } when bundle.Task == PipelineTask.Multiclass => "(unsure)",
            _ => prediction.Label,
        };
        IReadOnlyList<string> answer = bundle.Task switch
        {
            PipelineTask.Regression => [label],
            PipelineTask.Binary => [label, Short(prediction.Confidence), Short(prediction.Score), Short(prediction.Probability)],
            _ => [label, Short(prediction.Confidence)],
        };
        answer = [prediction.Input, .. answer, .. Limits(prediction)];
        return top is null ? answer : [.. answer, string.Join(", ", bundle.Top(prediction, _top).Select(best => $"{best.Label} {Short(best.Score)}"))];
    }

    private IEnumerable<string> Limits(Prediction prediction) =>
        [.. HasSets ? [string.Join(" | ", prediction.Set ?? [])] : (string[])[], .. HasUnknown ? [prediction.Unknown switch { true => "yes", false => "no", _ => "" }] : (string[])[]];

    private static string Short(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    private void WriteCsv(TextWriter output, IEnumerable<Prediction> predictions)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        WriteRow(csv, [.. Header(), "error", .. ScoreNames()]);
        foreach (var prediction in predictions)
            WriteRow(csv, [prediction.Input, .. Answer(prediction), .. Limits(prediction), prediction.Error ?? "", .. Scores(prediction)]);
    }

    private IEnumerable<string> Answer(Prediction prediction) => bundle.Task switch
    {
        PipelineTask.Regression => [Exact(prediction.Score)],
        PipelineTask.Binary => [prediction.Label ?? "", Exact((float?)prediction.Confidence), Exact(prediction.Score), Exact(prediction.Probability)],
        _ => [prediction.Label ?? "", Exact((float?)prediction.Confidence)],
    };

    private IEnumerable<string> ScoreNames() => top is null
        ? bundle.Labels.Select(label => $"score_{label}")
        : Enumerable.Range(1, _top).SelectMany(place => new[] { Line($"label{place}"), Line($"score{place}") });

    // A row that could not be read has empty cells.
    private IEnumerable<string> Scores(Prediction prediction)
    {
        IReadOnlyList<string> cells = top is not null
            ? [.. bundle.Top(prediction, _top).SelectMany(best => new[] { best.Label, Exact(best.Score) })]
            : bundle.Labels.Count == 0 ? [] : [.. prediction.Scores.Select(score => Exact(score))];
        return cells.Concat(Enumerable.Repeat("", (top is null ? bundle.Labels.Count : 2 * _top) - cells.Count));
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        csv.NextRecord();
    }

    private static string Exact(float? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
