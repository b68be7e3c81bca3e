using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Tests.Devices;

namespace FeatureTransfer.Tests.Extraction.Sessions;

/// <summary>Features do not depend on the rows that share a batch.</summary>
public class BatchCheckTests
{
    [Test, CancelAfter(60_000)]
    public void Run_ModelThatMixesRows_IsRunRowByRowAndSaysSo(CancellationToken stop)
    {
        using var images = new ColourImages(12);
        var log = new ListLogger();
        using var alone = Open(images.Options with { BatchSize = 1 }, log);
        var expected = Features(alone, images, stop);
        Assert.That(log.Lines, Has.None.Contains("one by one"));

        using var together = Open(images.Options with { BatchSize = 4 }, log);
        Assert.That(Features(together, images, stop), Is.EqualTo(expected));
        Assert.That(log.Lines, Has.Some.Contains("one by one"));
    }

    private static List<float[]> Features(FixedEngine engine, ColourImages images, CancellationToken stop) =>
        [.. engine.Run(images.Paths.Select(path => new FlowInput<int>(new FeatureInput(path, null), 0)), stop).Select(row => row.Features!)];

    // x - its mean over all rows, with a batch that is free.
    private static FixedEngine Open(ExtractFeaturesOptions options, ListLogger log)
    {
        var proto = SmallModels.OneImageOnly().Proto.Clone();
        proto.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        var graph = FeatureGraph.Build(new OnnxModel(proto, "mixes"), ["outer"], Pooling.Flatten);
        return new FixedEngine(options, graph, "mixes", new ImagePreparation(new ImagePreprocessing { Height = 4, Width = 4 }), FeatureTransferServices.Default with { Logger = log });
    }
}
