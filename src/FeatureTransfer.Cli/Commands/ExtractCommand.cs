using System.CommandLine;
using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.FeatureFiles;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft extract</c>: features of images, texts and recordings, to Parquet, CSV or NumPy.</summary>
internal static class ExtractCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var inputs = new Argument<string[]>("inputs") { Description = "By what the backbone takes. " + ImageInputs.Description + ". " + TextInputs.Description, Arity = ArgumentArity.ZeroOrMore };
        var backbone = new Option<string>("--backbone") { Description = "An id (ft models list), or the path of a card or an ONNX file", DefaultValueFactory = _ => DefaultBackbone.Images };
        var layers = new Option<string[]>("--layers") { Description = "The layers to tap, with commas; default the card's", DefaultValueFactory = _ => [] };
        var pooling = new Option<Pooling?>("--pooling") { Description = "avg, max, gem, cls, flatten or none; default the card's" };
        var unitLength = new Option<bool>("--unit-length") { Description = "Divides each layer's vector by its Euclidean length" };
        var device = DeviceOption.Create();
        var batchSize = AutoOption.Create("--batch-size", "Rows a run of the backbone; this and the next three change the speed, not the features");
        var decodeThreads = AutoOption.Create("--decode-threads", "Inputs prepared at once");
        var intraOpThreads = AutoOption.Create("--intra-op-threads", "Threads within a run of the backbone");
        var sessions = AutoOption.Create("--sessions", "Runs of the backbone at once");
        var precision = PrecisionOption.Create();
        var table = TableOptions.Create();
        var noCache = new Option<bool>("--no-cache") { Description = "Neither reads nor keeps features; a run that was cut off then begins anew" };
        var cluster = ClusterOption.Create();
        var store = new Option<string?>("--store") { HelpName = "FOLDER", Description = "With --cluster, the folder of the feature cache, which all machines share under this path; default features below FT_HOME" };
        var shardRows = new Option<int?>("--shard-rows") { HelpName = "N", Description = "With --cluster, how many rows a silo takes at once; default 512" };
        shardRows.Require(value => value is null or (>= 1 and <= 1_000_000), "1 to 1000000");
        var output = new Option<string>("--output") { Description = "The file: .parquet, .csv or .npy; beside features.npy, features.names.txt has the input of each row, one a line", Required = true };
        var command = new Command("extract", "Writes the features of images, texts or recordings. What was computed is kept: the same command goes on where it was cut off, and the file appears when it is whole.\n\nExamples:\n  ft extract photos --layers stage3,features --pooling max --output photos.parquet\n  ft extract photos.tar.gz --output photos.npy\n  ft extract shop.sqlite --query \"SELECT sku, photo FROM products\" --name sku --output products.parquet\n  ft extract reviews.csv --column review --backbone minilm_l6.sbert --output reviews.parquet\n  find photos -name '*.jpg' -print0 | ft extract - --output photos.csv\n  ft extract /mnt/photos --cluster postgres --store /mnt/features --output photos.parquet") { inputs, table.Query, table.Column, table.Name, backbone, layers, pooling, unitLength, precision, device, batchSize, decodeThreads, intraOpThreads, sessions, noCache, cluster, store, shardRows, output };
        command.SetAction((parse, cancellationToken) => RunAsync(
            shell(parse),
            parse.GetValue(inputs) ?? [],
            table.Read(parse),
            new ExtractFeaturesOptions
            {
                Backbone = parse.GetValue(backbone)!,
                Layers = [.. Names.Split(parse.GetValue(layers)!)],
                Pooling = parse.GetValue(pooling),
                UnitLength = parse.GetValue(unitLength),
                Precision = parse.GetValue(precision),
                Device = parse.GetValue(device) ?? Device.Auto,
                BatchSize = parse.GetValue(batchSize)?.Value,
                DecodeThreads = parse.GetValue(decodeThreads)?.Value,
                IntraOpThreads = parse.GetValue(intraOpThreads)?.Value,
                Sessions = parse.GetValue(sessions)?.Value,
                UseCache = !parse.GetValue(noCache),
            },
            parse.GetValue(cluster) is { } address ? new ClusterChoice(address, parse.GetValue(store), parse.GetValue(shardRows)) : null,
            parse.GetValue(output)!,
            cancellationToken));
        command.Validators.Add(result =>
        {
            var isSpread = result.GetResult(cluster) is not null;
            if (isSpread && result.GetValue(noCache))
                result.AddError("--no-cache does not go with --cluster: the machines' features meet in the cache.");
            if (!isSpread && (result.GetResult(store) ?? result.GetResult(shardRows)) is not null)
                result.AddError("--store and --shard-rows go with --cluster.");
        });
        return command;
    }

    private static bool IsFinite(ExtractedFeatures row, RejectedRowCollector rejected)
    {
        var place = Array.FindIndex(row.Features, value => !float.IsFinite(value));
        if (place >= 0)
            rejected.Reject(new RejectedRow(row.Input, string.Create(CultureInfo.InvariantCulture, $"the backbone gives {row.Features[place]} as feature {place}, and no finite number"), "extract"));
        return place < 0;
    }

    private static async Task<int> RunAsync(
        Shell shell, string[] inputs, TableChoice table, ExtractFeaturesOptions options, ClusterChoice? cluster, string output, CancellationToken cancellationToken)
    {
        FeatureFile.CheckEnding(output);
        var modality = CommandServices.Default.Catalog.Get(options.Backbone).Modality;
        var values = modality == Modality.Text
            ? TextInputs.Open(inputs, table, shell)
            : ImageInputs.Open(inputs, table, CommandServices.Default.Sql!, Console.OpenStandardInput, shell.Note, modality == Modality.Audio ? FileKind.Recordings : FileKind.Images);
        var rejected = new RejectedRowCollector();
        using var store = cluster is null ? null : new FeatureCache(cluster.Store);
        var services = CommandServices.Default with { Logger = shell.Log, Progress = shell.Progress, Rejected = rejected, Cancellation = cancellationToken, Cache = store };
        using var held = options.Precision == Precision.Int8 ? new InputsWithSample(values, options.CalibrationRows) : null;
        using var extractor = new FeatureExtractor(options, held?.Sample ?? [], services);
        using var shared = cluster is null ? null : await ClusterRun.ComputeAsync(shell, cluster, extractor, values, cancellationToken).ConfigureAwait(false);
        var rows = FeatureFile.Write(output, extractor.FeatureLength, extractor.Extract(shared ?? held ?? values, cancellationToken).Where(row => IsFinite(row, rejected)));
        if (shared is not null && extractor.RowsComputed > 0)
            shell.Note($"{extractor.RowsComputed} rows were not in {cluster!.Store} and were computed on this machine.");
        rejected.WriteJsonLinesOrDelete(output + ".rejected.jsonl");
        var names = FeatureFile.NamesPath(output);
        if (shell.Json)
            shell.WriteJson(new { output, names, rows, extractor.FeatureLength, Rejected = rejected.Rows });
        else
            shell.Out.WriteLine($"{output}: {rows} rows of {extractor.FeatureLength} features{(names is null ? "" : $", their inputs in {names}")}{(rejected.Count > 0 ? $", {rejected.Count} rejected: {output}.rejected.jsonl" : "")}");
        return rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }
}
