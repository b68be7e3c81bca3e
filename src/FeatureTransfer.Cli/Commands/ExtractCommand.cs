using System.CommandLine;
using FeatureTransfer.Cli.Terminal;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.Writers;
using FeatureTransfer.Graphs;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft extract</c>: features of files, to Parquet, CSV or NumPy.</summary>
internal static class ExtractCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var inputs = new Argument<string[]>("inputs") { Description = InputFiles.Description, Arity = ArgumentArity.OneOrMore };
        var backbone = new Option<string>("--backbone") { Description = "An id (ft models list), or the path of a card or an ONNX file", DefaultValueFactory = _ => "mobilenet_v2.nsfwjs" };
        var layers = new Option<string[]>("--layers") { Description = "The layers to tap, with commas; default the card's", DefaultValueFactory = _ => [] };
        var pooling = new Option<Pooling?>("--pooling") { Description = "avg, max, gem, cls, flatten or none; default the card's" };
        var device = DeviceOption.Create();
        var batchSize = AutoOption.Create("--batch-size", "Images a run of the backbone; this and the next three change the speed, not the features");
        var decodeThreads = AutoOption.Create("--decode-threads", "Images decoded at once");
        var intraOpThreads = AutoOption.Create("--intra-op-threads", "Threads within a run of the backbone");
        var sessions = AutoOption.Create("--sessions", "Runs of the backbone at once");
        var output = new Option<string>("--output") { Description = "The file: .parquet, .csv or .npy", Required = true };
        var command = new Command("extract", "Writes the features of images.\n\nExample: ft extract photos --layers block_8,block_13 --pooling max --output photos.parquet") { inputs, backbone, layers, pooling, device, batchSize, decodeThreads, intraOpThreads, sessions, output };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            shell(parse),
            parse.GetValue(inputs)!,
            new ExtractFeaturesOptions
            {
                Backbone = parse.GetValue(backbone)!,
                Layers = [.. parse.GetValue(layers)!.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
                Pooling = parse.GetValue(pooling),
                Device = parse.GetValue(device) ?? Device.Auto,
                BatchSize = parse.GetValue(batchSize)?.Value,
                DecodeThreads = parse.GetValue(decodeThreads)?.Value,
                IntraOpThreads = parse.GetValue(intraOpThreads)?.Value,
                Sessions = parse.GetValue(sessions)?.Value,
            },
            parse.GetValue(output)!,
            cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, string[] inputs, ExtractFeaturesOptions options, string output, CancellationToken cancellationToken)
    {
        var files = InputFiles.Expand(inputs);
        FeatureFile.CheckEnding(output);
        var rejected = new RejectedRowCollector();
        using var extractor = new FeatureExtractor(options, FeatureTransferServices.Default with { Progress = shell.Progress, Rejected = rejected, Cancellation = cancellationToken });
        var rows = FeatureFile.Write(output, extractor.FeatureLength, extractor.Extract(files, cancellationToken));
        if (rejected.Count > 0)
            rejected.WriteJsonLines(output + ".rejected.jsonl");
        if (shell.Json)
            shell.WriteJson(new { output, rows, extractor.FeatureLength, Rejected = rejected.Rows });
        else
            shell.Out.WriteLine($"{output}: {rows} rows of {extractor.FeatureLength} features{(rejected.Count > 0 ? $", {rejected.Count} rejected: {output}.rejected.jsonl" : "")}");
        return rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }
}
