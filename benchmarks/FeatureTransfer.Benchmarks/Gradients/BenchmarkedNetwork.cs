using FeatureTransfer.Backbones;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>A network, and the part of it that learns.</summary>
/// <param name="Name">What it is called here and by the peers.</param>
/// <param name="What">What learns, in words.</param>
/// <param name="Backbone">The backbone in the catalogue; null for ResNet-50 with random weights.</param>
/// <param name="Seam">The tensor that what learns begins with; null where all layers learn.</param>
/// <param name="SeamShape">The shape there of one image or text; of an image itself where all layers learn.</param>
/// <param name="End">The tensor that is averaged over its pixels or words for the head.</param>
/// <param name="Width">Its channels.</param>
internal sealed record BenchmarkedNetwork(string Name, string What, string? Backbone, string? Seam, long[] SeamShape, string End, int Width)
{
    // The catalogue's ResNet-18 has three blocks in its last stage; the usual one, which the peers have, ends behind the second.
    private const string ResNetEnd = "ReLU379_Output_0";

    private const string Texts = "minilm_l6.sbert";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkedNetwork> All { get; } =
    [
        new("mobilenet_v2", "MobileNetV2, blocks 14 to 16 and the last convolution", "mobilenet_v2.nsfwjs", "block_13_project_BN", [160, 7, 7], "out_relu", 1280),
        new("mobilenet_v2-all", "MobileNetV2, all layers", "mobilenet_v2.nsfwjs", null, [3, 224, 224], "out_relu", 1280),
        new("resnet_18", "ResNet-18, the last stage", "resnet_18.mlnet", "ReLU347_Output_0", [256, 14, 14], ResNetEnd, 512),
        new("resnet_18-all", "ResNet-18, all layers", "resnet_18.mlnet", null, [3, 224, 224], ResNetEnd, 512),
        new("resnet_50", "ResNet-50, the last stage", null, ResidualNetwork.BeforeLastStage, [1024, 14, 14], ResidualNetwork.End, 2048),
        new("minilm", "MiniLM, texts of 64 tokens, the last two layers", Texts, "662", [64, 384], "last_hidden_state", 384),
        new("minilm-all", "MiniLM, texts of 64 tokens, all layers", Texts, null, [64, 384], "last_hidden_state", 384),
    ];

    /// <summary>Whether it reads tokens.</summary>
    public bool IsText => Backbone == Texts;

    /// <summary>The network of a name.</summary>
    public static BenchmarkedNetwork Of(string name) => All.FirstOrDefault(network => network.Name == name)
        ?? throw new ArgumentException($"The network '{name}' is not known; known are {string.Join(", ", All.Select(network => network.Name))}.");

    /// <summary>The whole network, with a free batch.</summary>
    public OnnxModel Load() => Backbone is null
        ? ResidualNetwork.Build()
        : FreeBatch.Apply(new BackboneStore().Open(ModelCatalog.LoadDefault().Get(Backbone)).LoadModel());
}
