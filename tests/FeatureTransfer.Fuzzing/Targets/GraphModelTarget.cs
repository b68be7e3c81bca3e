using FeatureTransfer.Backbones.TensorFlowJs;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>TensorFlow.js graph models; in the input a zero stands between the graph and the weights.</summary>
internal sealed class GraphModelTarget : IFuzzTarget
{
    public string Name => "tfjs-graph";

    public void Read(byte[] input)
    {
        var (model, weights) = TwoParts.Of(input);
        using var file = new InputFile("model.json", model);
        using var shard = new InputFile("shard.bin", weights);
        GraphModelImporter.Import(file.Path, [shard.Path]);
    }
}
