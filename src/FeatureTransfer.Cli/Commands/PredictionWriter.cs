using CsvHelper;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes predictions as a table, CSV or JSON lines; the last two as they come.</summary>
internal static class PredictionWriter
{
    public static void Write(Shell shell, string format, Bundle bundle, IEnumerable<Prediction> predictions)
    {
        switch (format)
        {
            case "jsonl":
                foreach (var prediction in predictions)
                    shell.WriteJsonLine(JsonLine(prediction, bundle));
                break;
            case "csv":
                WriteCsv(shell.Out, bundle.Task, predictions);
                break;
            default:
                shell.WriteTable(Header(bundle.Task), [.. predictions.Select(prediction => Row(prediction, bundle.Task))]);
                break;
        }
    }

    private static IReadOnlyList<string> Header(PipelineTask task) => task switch
    {
        PipelineTask.Multiclass => ["input", "label", "confidence"],
        PipelineTask.Binary => ["input", "label", "confidence", "score", "probability"],
        PipelineTask.Regression => ["input", "number"],
        _ => ["input", "labels", "confidence"],
    };

    private static IReadOnlyList<string> Row(Prediction prediction, PipelineTask task)
    {
        var label = prediction.Label ?? "(could not be read)";
        return task switch
        {
            PipelineTask.Regression => [prediction.Input, label],
            PipelineTask.Binary => [prediction.Input, label, Short(prediction.Confidence), Short(prediction.Score), Short(prediction.Probability)],
            _ => [prediction.Input, label, Short(prediction.Confidence)],
        };
    }

    private static string Short(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    private static void WriteCsv(TextWriter output, PipelineTask task, IEnumerable<Prediction> predictions)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteRecords(predictions.Select(prediction => Record(prediction, task)));
    }

    private static object Record(Prediction prediction, PipelineTask task)
    {
        var confidence = (float?)prediction.Confidence;
        return task switch
        {
            PipelineTask.Binary => new { prediction.Input, prediction.Label, Confidence = confidence, prediction.Score, prediction.Probability, prediction.Error },
            PipelineTask.Regression => new { prediction.Input, Number = prediction.Score, prediction.Error },
            PipelineTask.MultiLabel => new { prediction.Input, Labels = prediction.Label, Confidence = confidence, prediction.Error },
            _ => new { prediction.Input, prediction.Label, Confidence = confidence, prediction.Error },
        };
    }

    private static object JsonLine(Prediction prediction, Bundle bundle)
    {
        if (prediction.Error is { } error)
            return new { prediction.Input, Error = error };
        var scores = bundle.Labels.Zip(prediction.Scores).ToDictionary(pair => pair.First, pair => pair.Second);
        return bundle.Task switch
        {
            PipelineTask.Binary => new { prediction.Input, prediction.Label, prediction.Confidence, prediction.Score, prediction.Probability, bundle.Manifest.Threshold, Scores = scores },
            PipelineTask.Regression => new { prediction.Input, Number = prediction.Score },
            PipelineTask.MultiLabel => new { prediction.Input, Labels = prediction.Label!.Split(bundle.Manifest.LabelSeparator, StringSplitOptions.RemoveEmptyEntries), prediction.Confidence, Scores = scores },
            _ => new { prediction.Input, prediction.Label, prediction.Confidence, Scores = scores },
        };
    }
}
