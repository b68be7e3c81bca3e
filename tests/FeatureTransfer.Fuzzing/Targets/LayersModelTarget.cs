using FeatureTransfer.Backbones.TensorFlowJs;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>TensorFlow.js layers models; in the input a zero stands between the topology and the weights.</summary>
internal sealed class LayersModelTarget : IFuzzTarget
{
    public string Name => "tfjs-layers";

    public void Read(byte[] input)
    {
        var (model, weights) = TwoParts.Of(input);
        using var file = new InputFile("model.json", model);
        using var shard = new InputFile("shard.bin", weights);
        LayersModelImporter.Import(file.Path, [shard.Path]);
    }
}
