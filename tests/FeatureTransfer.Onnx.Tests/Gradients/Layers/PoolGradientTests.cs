namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Pools.</summary>
public class PoolGradientTests
{
    [TestCaseSource(nameof(Maxima))]
    [TestCaseSource(nameof(Averages))]
    public void Build_Pool_IsWithinAThousandthOfCentralDifferences(object layer) => LayerGradientCheck.Check((LayerCase)layer);

    private static LayerCase Max(params long[] shape) => new LayerCase("MaxPool") { Apart = true }.Tensor(shape);

    private static LayerCase Average(params long[] shape) => new LayerCase("AveragePool", 19).Tensor(shape);

    private static IEnumerable<LayerCase> Maxima() =>
    [
        Max(2, 3, 6, 6).With("kernel_shape", 2, 2).With("strides", 2, 2),
        Max(2, 2, 7, 6).With("kernel_shape", 3, 3).With("strides", 2, 2).With("pads", 1, 1, 1, 1),
        Max(1, 2, 5, 5).With("kernel_shape", 3, 3).With("strides", 1, 1).With("pads", 1, 1, 1, 1),
        Max(1, 2, 6, 6).With("kernel_shape", 3, 3).With("strides", 2, 2).Int("ceil_mode", 1),
        Max(1, 2, 7, 7).With("kernel_shape", 2, 2).With("dilations", 2, 2),
        Max(1, 2, 7, 5).With("kernel_shape", 3, 3).With("strides", 2, 2).Text("auto_pad", "SAME_UPPER"),
        Max(2, 2, 9).With("kernel_shape", 3).With("strides", 2),
        Max(1, 2, 4, 4, 4).With("kernel_shape", 2, 2, 2).With("strides", 2, 2, 2),
        new LayerCase("GlobalMaxPool") { Apart = true }.Tensor(2, 3, 4, 5),
        new LayerCase("GlobalMaxPool") { Apart = true }.Tensor(2, 3, 7),
        new LayerCase("GlobalMaxPool") { Apart = true }.Tensor(1, 2, 2, 3, 2),
    ];

    private static IEnumerable<LayerCase> Averages() =>
    [
        Average(2, 3, 6, 6).With("kernel_shape", 2, 2).With("strides", 2, 2),
        Average(2, 2, 5, 6).With("kernel_shape", 3, 3).With("pads", 1, 1, 1, 1),
        Average(2, 2, 5, 6).With("kernel_shape", 3, 3).With("pads", 1, 1, 1, 1).Int("count_include_pad", 1),
        Average(1, 2, 7, 6).With("kernel_shape", 3, 2).With("strides", 2, 3).With("pads", 1, 0, 0, 1),
        Average(1, 2, 6, 8).With("kernel_shape", 3, 3).With("strides", 2, 2).Int("ceil_mode", 1),
        Average(1, 2, 6, 8).With("kernel_shape", 3, 3).With("strides", 2, 2).With("pads", 1, 1, 1, 1).Int("ceil_mode", 1).Int("count_include_pad", 1),
        Average(1, 2, 9, 9).With("kernel_shape", 2, 2).With("strides", 4, 4),
        Average(1, 2, 2, 2).With("kernel_shape", 3, 3).With("pads", 1, 1, 1, 1),
        Average(1, 2, 7, 7).With("kernel_shape", 2, 3).With("dilations", 2, 1),
        Average(1, 2, 7, 7).With("kernel_shape", 2, 2).With("dilations", 2, 2).With("strides", 2, 2).With("pads", 1, 1, 1, 1),
        Average(1, 2, 7, 5).With("kernel_shape", 3, 3).With("strides", 2, 2).Text("auto_pad", "SAME_LOWER"),
        Average(2, 2, 9).With("kernel_shape", 3).With("strides", 2),
        Average(1, 2, 4, 4, 4).With("kernel_shape", 2, 2, 2).With("strides", 2, 2, 2),
        new LayerCase("GlobalAveragePool").Tensor(2, 3, 4, 5),
        new LayerCase("GlobalAveragePool").Tensor(2, 3, 7),
        new LayerCase("GlobalAveragePool").Tensor(1, 2, 2, 3, 2),
    ];
}
