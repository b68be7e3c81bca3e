namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>A network, and the part of it that learns.</summary>
/// <param name="Name">What it is called here and by the peers.</param>
/// <param name="What">What learns, in words.</param>
/// <param name="Backbone">The backbone in the catalogue.</param>
/// <param name="Seam">The tensor that what learns begins with; null where all layers learn.</param>
/// <param name="SeamShape">The shape of one image there.</param>
/// <param name="End">The tensor that is averaged over its pixels for the head.</param>
/// <param name="Width">Its channels.</param>
internal sealed record BenchmarkedNetwork(string Name, string What, string Backbone, string? Seam, long[] SeamShape, string End, int Width)
{
    // The catalogue's ResNet-18 has three blocks in its last stage; the usual one, which the peers have, ends behind the second.
    private const string ResNetEnd = "ReLU379_Output_0";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkedNetwork> All { get; } =
    [
        new("mobilenet_v2", "MobileNetV2, blocks 14 to 16 and the last convolution", "mobilenet_v2.nsfwjs", "block_13_project_BN", [160, 7, 7], "out_relu", 1280),
        new("mobilenet_v2-all", "MobileNetV2, all layers", "mobilenet_v2.nsfwjs", null, [3, 224, 224], "out_relu", 1280),
        new("resnet_18", "ResNet-18, the last stage", "resnet_18.mlnet", "ReLU347_Output_0", [256, 14, 14], ResNetEnd, 512),
        new("resnet_18-all", "ResNet-18, all layers", "resnet_18.mlnet", null, [3, 224, 224], ResNetEnd, 512),
    ];

    /// <summary>The network of a name.</summary>
    public static BenchmarkedNetwork Of(string name) => All.FirstOrDefault(network => network.Name == name)
        ?? throw new ArgumentException($"The network '{name}' is not known; known are {string.Join(", ", All.Select(network => network.Name))}.");
}
