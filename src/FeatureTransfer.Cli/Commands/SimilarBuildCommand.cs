using System.CommandLine;
using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Neighbours;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft similar build</c>: an index of the features of many items.</summary>
internal static class SimilarBuildCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var inputs = new Argument<string[]>("inputs") { Description = $"{SimilarItems.Description}; with one for text, text files with one text a line", Arity = ArgumentArity.OneOrMore };
        var backbone = new Option<string>("--backbone") { Description = "An id (ft models list), or the path of a card or an ONNX file", DefaultValueFactory = _ => DefaultBackbone.Images };
        var layers = new Option<string[]>("--layers") { Description = "The layers to tap, with commas; default the card's", DefaultValueFactory = _ => [] };
        var pooling = new Option<Pooling?>("--pooling") { Description = "avg, max, gem, cls, flatten or none; default the card's" };
        var metric = new Option<SimilarityMetric>("--metric") { Description = "cosine, for which lengths do not count, or euclidean", DefaultValueFactory = _ => SimilarityMetric.Cosine };
        var device = DeviceOption.Create();
        var noCache = new Option<bool>("--no-cache") { Description = "Neither reads nor keeps features; a run that was cut off then begins anew" };
        var output = new Option<string>("--output") { Description = "The index, by custom .fti", Required = true };
        var command = new Command("build", "Writes an index of the features of many items. What was computed is kept: the same command goes on where it was cut off, and the file appears when it is whole.\n\nExamples:\n  ft similar build photos --output photos.fti\n  ft similar build sentences.txt --backbone minilm_l6.sbert --output sentences.fti") { inputs, backbone, layers, pooling, metric, device, noCache, output };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            shell(parse),
            parse.GetValue(inputs)!,
            parse.GetValue(metric),
            new ExtractFeaturesOptions
            {
                Backbone = parse.GetValue(backbone)!,
                Layers = [.. Names.Split(parse.GetValue(layers)!)],
                Pooling = parse.GetValue(pooling),
                Device = parse.GetValue(device) ?? Device.Auto,
                UseCache = !parse.GetValue(noCache),
            },
            parse.GetValue(output)!,
            cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, string[] inputs, SimilarityMetric metric, ExtractFeaturesOptions options, string output, CancellationToken cancellationToken)
    {
        var rejected = new RejectedRowCollector();
        using var extractor = new FeatureExtractor(options, CommandServices.Default with { Logger = shell.Log, Progress = shell.Progress, Rejected = rejected, Cancellation = cancellationToken });
        var builder = new NeighbourIndexBuilder(metric);
        SimilarItems.Describe(builder, options, extractor);
        foreach (var row in extractor.Extract(SimilarItems.Open(extractor.Modality, inputs, shell.Note), cancellationToken))
        {
            if (row.Features.All(float.IsFinite))
                builder.Add(row.Input, row.Features);
            else
                rejected.Reject(new RejectedRow(row.Input, "the backbone gives a feature that is no finite number", "similar"));
        }

        rejected.WriteJsonLinesOrDelete(output + ".rejected.jsonl");
        if (builder.Count == 0)
            throw new FeatureTransferException($"{string.Join(", ", inputs)}: there is nothing to make an index of{(rejected.Count > 0 ? $": all {rejected.Count} items were rejected, see {output}.rejected.jsonl" : "")}.");
        var index = builder.Build();
        index.Save(output);
        if (shell.Json)
            shell.WriteJson(new { output, Items = index.Count, FeatureLength = index.Dimension, index.Metric, Rejected = rejected.Rows });
        else
            shell.Out.WriteLine($"{output}: {index.Count} items of {index.Dimension} features{(rejected.Count > 0 ? $", {rejected.Count} rejected: {output}.rejected.jsonl" : "")}");
        return rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }
}
