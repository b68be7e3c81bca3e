using System.CommandLine;
using System.Globalization;
using CsvHelper;
using FeatureTransfer.Cli.Terminal;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft predict</c>: a bundle's answers for files.</summary>
internal static class PredictCommand
{
    private const int BatchSize = 256;

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file" };
        var inputs = new Argument<string[]>("inputs") { Description = "Images, or folders with images", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "table, csv or jsonl", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "csv", "jsonl");
        var command = new Command("predict", "Asks a bundle about files.\n\nExample: ft predict out/quickstart/model.ftm photos --format csv") { bundle, inputs, format };
        command.SetAction(parse => Run(shell(parse), parse.GetValue(bundle)!, parse.GetValue(inputs)!, parse.GetValue(format)!));
        return command;
    }

    private static int Run(Shell shell, string path, string[] inputs, string format)
    {
        using var bundle = Bundle.Load(path);
        var predictions = InputFiles.Expand(inputs).Chunk(BatchSize).SelectMany(bundle.Predict).ToList();
        if (shell.Json || format == "jsonl")
            WriteJsonLines(shell, bundle, predictions);
        else if (format == "csv")
            WriteCsv(shell, predictions);
        else
            shell.WriteTable(["input", "label", "confidence"], [.. predictions.Select(Row)]);
        foreach (var bad in predictions.Where(prediction => prediction.Error is not null))
            shell.Error.WriteLine($"{bad.Input}: {bad.Error}");
        return predictions.Exists(prediction => prediction.Error is not null) ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static IReadOnlyList<string> Row(Prediction prediction) =>
        [prediction.Input, prediction.Label ?? "(could not be read)", prediction.Label is null ? "" : prediction.Confidence.ToString("0.000", CultureInfo.InvariantCulture)];

    private static void WriteCsv(Shell shell, IEnumerable<Prediction> predictions)
    {
        using var csv = new CsvWriter(shell.Out, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteRecords(predictions.Select(prediction => new { prediction.Input, prediction.Label, prediction.Confidence, prediction.Error }));
    }

    private static void WriteJsonLines(Shell shell, Bundle bundle, IEnumerable<Prediction> predictions)
    {
        foreach (var prediction in predictions)
        {
            shell.WriteJsonLine(new
            {
                prediction.Input,
                prediction.Label,
                prediction.Confidence,
                Scores = bundle.Labels.Zip(prediction.Scores).ToDictionary(pair => pair.First, pair => pair.Second),
                prediction.Error,
            });
        }
    }
}
