using System.CommandLine;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft predict</c>: a bundle's answers for images.</summary>
internal static class PredictCommand
{
    private const int BatchSize = 256;
    private static readonly string[] _formats = ["table", "csv", "json", "jsonl"];

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file" };
        var inputs = new Argument<string[]>("inputs") { Description = ImageInputs.Description, Arity = ArgumentArity.ZeroOrMore };
        var table = TableOptions.Create();
        var format = new Option<string?>("--format") { Description = "table, csv, json (one list) or jsonl (an object a line); default by the ending of --output, else table, or json with --json" };
        format.AcceptOnlyFromAmong(_formats);
        var output = new Option<string?>("--output") { Description = "The file; default the console" };
        var top = new Option<int?>("--top") { HelpName = "K", Description = "The K labels with the highest scores, in the place of the scores of all labels" };
        top.Require(value => value is null or >= 1, "1 or more");
        var threshold = new Option<double?>("--threshold") { Description = "The probability from which on a row is called positive, or is given a label; default what training chose. With one of several classes: the score below which the model is unsure and the label stays empty; default none" };
        var device = DeviceOption.Create();
        var command = new Command(
            "predict",
            "Asks a bundle about images, texts, recordings or rows of a table: whatever it was trained on. CSV and JSON have the score of every label beside the answer, or with --top those of the best.\n\nExamples:\n  ft predict out/quickstart/model.ftm photo.jpg\n  ft predict out/quickstart/model.ftm photos --top 3 --threshold 0.5\n  ft predict out/quickstart/model.ftm photos.zip --output labels.csv\n  ft predict out/quickstart/model.ftm shop.sqlite --query \"SELECT sku, photo FROM products\" --name sku\n  ft predict out/text/model.ftm \"one of the best films\" reviews.txt\n  ft predict out/product/model.ftm products.csv") { bundle, inputs, top, threshold, format, output, device };
        table.AddTo(command);
        command.SetAction((parse, cancellationToken) => Task.FromResult(
            Run(shell(parse), new Settings(parse.GetValue(bundle)!, parse.GetValue(inputs) ?? [], table.Read(parse), parse.GetValue(top), parse.GetValue(threshold), parse.GetValue(format), parse.GetValue(output), parse.GetValue(device)), cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, Settings settings, CancellationToken cancellationToken)
    {
        using var bundle = Bundle.Load(settings.Bundle, CommandServices.Default with { Logger = shell.Log, Cancellation = cancellationToken, Device = settings.Device }, settings.Threshold);
        if (settings.Top is not null && bundle.Labels.Count == 0)
            throw new FeatureTransferException($"--top: the answers of {settings.Bundle} are numbers and have no labels. Leave it out.");
        var rejected = new RejectedRowCollector();
        var predictions = bundle.ReadsColumns
            ? RowInputs.Predict(bundle, settings.Inputs, settings.Table, rejected, shell.Note, cancellationToken)
            : Predict(shell, bundle, ImageInputs.Open(settings.Inputs, settings.Table, CommandServices.Default.Sql!, Console.OpenStandardInput, shell.Note, bundle.Modality == Modality.Audio ? FileKind.Recordings : FileKind.Images), cancellationToken);
        predictions = predictions.Select(prediction => Note(prediction, rejected));
        if (settings.Output is { } path)
            AtomicFile.Write(path, stream => WriteFile(stream, settings.FormatOrDefault(shell.Json), new PredictionWriter(bundle, settings.Top), predictions));
        else
            new PredictionWriter(bundle, settings.Top).Write(shell, settings.FormatOrDefault(shell.Json), predictions);
        foreach (var row in rejected.Rows)
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        return rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static void WriteFile(Stream stream, string format, PredictionWriter writer, IEnumerable<Prediction> predictions)
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        writer.Write(new Shell(text, TextWriter.Null, quiet: true, json: false), format, predictions);
    }

    private static IEnumerable<Prediction> Predict(Shell shell, Bundle bundle, IEnumerable<InputValue> images, CancellationToken cancellationToken)
    {
        var done = 0L;
        foreach (var batch in images.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var prediction in bundle.Predict(batch))
                yield return prediction;
            done += batch.Length;
            if (batch.Length == BatchSize)
                shell.Progress?.Report(new WorkProgress("Predicting", done, null));
        }
    }

    private static Prediction Note(Prediction prediction, RejectedRowCollector rejected)
    {
        if (prediction.Error is { } error)
            rejected.Reject(new RejectedRow(prediction.Input, error, "predict"));
        return prediction;
    }

    private sealed record Settings(string Bundle, IReadOnlyList<string> Inputs, TableChoice Table, int? Top, double? Threshold, string? Format, string? Output, Device? Device)
    {
        public string FormatOrDefault(bool json)
        {
            var ending = Path.GetExtension(Output)?.TrimStart('.').ToLowerInvariant();
            return Format ?? (json ? "json" : _formats.Contains(ending) ? ending! : "table");
        }
    }
}
