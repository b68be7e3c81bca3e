using System.CommandLine;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft predict</c>: a bundle's answers for images.</summary>
internal static class PredictCommand
{
    private const int BatchSize = 256;
    private static readonly string[] _formats = ["table", "csv", "jsonl"];

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file" };
        var inputs = new Argument<string[]>("inputs") { Description = ImageInputs.Description, Arity = ArgumentArity.ZeroOrMore };
        var table = TableOptions.Create();
        var format = new Option<string?>("--format") { Description = "table, csv or jsonl; default by the ending of --output, else table" };
        format.AcceptOnlyFromAmong(_formats);
        var output = new Option<string?>("--output") { Description = "The file; default the console" };
        var device = DeviceOption.Create();
        var command = new Command(
            "predict",
            "Asks a bundle about images.\n\nExamples:\n  ft predict out/quickstart/model.ftm photo.jpg\n  ft predict out/quickstart/model.ftm photos --output labels.csv\n  ft predict out/quickstart/model.ftm photos.zip --output labels.csv\n  ft predict out/quickstart/model.ftm shop.sqlite --query \"SELECT sku, photo FROM products\" --name sku") { bundle, inputs, format, output, device };
        table.AddTo(command);
        command.SetAction((parse, cancellationToken) => Task.FromResult(
            Run(shell(parse), new Settings(parse.GetValue(bundle)!, parse.GetValue(inputs) ?? [], table.Read(parse), parse.GetValue(format), parse.GetValue(output), parse.GetValue(device)), cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, Settings settings, CancellationToken cancellationToken)
    {
        using var bundle = Bundle.Load(settings.Bundle, CommandServices.Default with { Cancellation = cancellationToken, Device = settings.Device });
        var images = ImageInputs.Open(settings.Inputs, settings.Table, CommandServices.Default.Sql!, Console.OpenStandardInput);
        var predictions = Predict(shell, bundle, images, cancellationToken);
        var rejected = new RejectedRowCollector();
        predictions = predictions.Select(prediction => Note(prediction, rejected));
        if (settings.Output is { } path)
            AtomicFile.Write(path, stream => WriteFile(stream, settings.FormatOrDefault(shell.Json), bundle, predictions));
        else
            PredictionWriter.Write(shell, settings.FormatOrDefault(shell.Json), bundle, predictions);
        foreach (var row in rejected.Rows)
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        return rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static void WriteFile(Stream stream, string format, Bundle bundle, IEnumerable<Prediction> predictions)
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        PredictionWriter.Write(new Shell(text, TextWriter.Null, quiet: true, json: false), format, bundle, predictions);
    }

    private static IEnumerable<Prediction> Predict(Shell shell, Bundle bundle, IEnumerable<ImageInput> images, CancellationToken cancellationToken)
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

    private sealed record Settings(string Bundle, IReadOnlyList<string> Inputs, TableChoice Table, string? Format, string? Output, Device? Device)
    {
        public string FormatOrDefault(bool json)
        {
            var ending = Path.GetExtension(Output)?.TrimStart('.').ToLowerInvariant();
            return Format ?? (json ? "jsonl" : _formats.Contains(ending) ? ending! : "table");
        }
    }
}
