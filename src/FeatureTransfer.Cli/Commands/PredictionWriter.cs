using System.Globalization;
using CsvHelper;
using FeatureTransfer.Cli.Terminal;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes predictions as a table, CSV or JSON lines; the last two as they come.</summary>
internal static class PredictionWriter
{
    public static void Write(Shell shell, string format, IReadOnlyList<string> labels, IEnumerable<Prediction> predictions)
    {
        switch (format)
        {
            case "jsonl":
                foreach (var prediction in predictions)
                    shell.WriteJsonLine(JsonLine(prediction, labels));
                break;
            case "csv":
                WriteCsv(shell.Out, predictions);
                break;
            default:
                shell.WriteTable(["input", "label", "confidence"], [.. predictions.Select(Row)]);
                break;
        }
    }

    private static IReadOnlyList<string> Row(Prediction prediction) =>
        [prediction.Input, prediction.Label ?? "(could not be read)", prediction.Label is null ? "" : prediction.Confidence.ToString("0.000", CultureInfo.InvariantCulture)];

    private static void WriteCsv(TextWriter output, IEnumerable<Prediction> predictions)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteRecords(predictions.Select(prediction => new
        {
            prediction.Input,
            prediction.Label,
            Confidence = prediction.Label is null ? (float?)null : (float)prediction.Confidence,
            prediction.Error,
        }));
    }

    private static object JsonLine(Prediction prediction, IReadOnlyList<string> labels) => prediction.Error is { } error
        ? new { prediction.Input, Error = error }
        : new { prediction.Input, prediction.Label, prediction.Confidence, Scores = labels.Zip(prediction.Scores).ToDictionary(pair => pair.First, pair => pair.Second) };
}
