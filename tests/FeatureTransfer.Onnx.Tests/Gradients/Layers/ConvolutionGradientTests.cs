namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Convolutions and transposed convolutions.</summary>
public class ConvolutionGradientTests
{
    [TestCaseSource(nameof(Convolutions))]
    [TestCaseSource(nameof(Transposed))]
    public void Build_Convolution_IsWithinAThousandthOfCentralDifferences(object layer) => LayerGradientCheck.Check((LayerCase)layer);

    private static IEnumerable<LayerCase> Convolutions() =>
    [
        new LayerCase("Conv").Tensor(2, 3, 5, 6).Tensor(4, 3, 3, 3).Tensor(4),
        new LayerCase("Conv").Tensor(2, 3, 5, 5).Tensor(2, 3, 3, 3).Tensor(2).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(1, 2, 6, 7).Tensor(3, 2, 3, 2).With("pads", 0, 1, 2, 0),
        new LayerCase("Conv").Tensor(2, 2, 7, 6).Tensor(3, 2, 3, 3).With("strides", 2, 2).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(1, 2, 8, 9).Tensor(2, 2, 3, 3).With("strides", 3, 2),
        new LayerCase("Conv").Tensor(1, 2, 9, 8).Tensor(2, 2, 2, 2).With("strides", 4, 3),
        new LayerCase("Conv").Tensor(1, 2, 7, 8).Tensor(2, 2, 3, 3).With("dilations", 2, 2).With("pads", 2, 2, 2, 2),
        new LayerCase("Conv").Tensor(1, 2, 9, 9).Tensor(2, 2, 3, 3).With("dilations", 2, 1).With("strides", 2, 2).With("pads", 1, 0, 2, 1),
        new LayerCase("Conv").Tensor(1, 2, 5, 5).Tensor(2, 2, 3, 3).With("pads", 3, 3, 3, 3),
        new LayerCase("Conv").Tensor(2, 2, 6, 5).Tensor(3, 2, 3, 3).With("strides", 2, 2).Text("auto_pad", "SAME_UPPER"),
        new LayerCase("Conv").Tensor(2, 2, 6, 5).Tensor(3, 2, 3, 3).With("strides", 2, 2).Text("auto_pad", "SAME_LOWER"),
        new LayerCase("Conv").Tensor(2, 2, 6, 5).Tensor(3, 2, 2, 3).Text("auto_pad", "VALID"),
        new LayerCase("Conv").Tensor(2, 5, 3, 4).Tensor(3, 5, 1, 1).Tensor(3),
        new LayerCase("Conv").Tensor(2, 4, 5, 6).Tensor(3, 4, 1, 1).With("strides", 2, 2),
        new LayerCase("Conv").Tensor(1, 3, 4, 4).Tensor(2, 3, 1, 1).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(2, 4, 5, 5).Tensor(6, 2, 3, 3).Tensor(6).Int("group", 2).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(2, 6, 5, 4).Tensor(3, 2, 3, 2).Int("group", 3).With("strides", 2, 2),
        new LayerCase("Conv").Tensor(2, 4, 4, 3).Tensor(4, 2, 1, 1).Int("group", 2),
        new LayerCase("Conv").Tensor(2, 3, 5, 5).Tensor(3, 1, 3, 3).Tensor(3).Int("group", 3).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(2, 3, 6, 7).Tensor(3, 1, 3, 3).Int("group", 3).With("strides", 2, 2).With("pads", 0, 0, 1, 1),
        new LayerCase("Conv").Tensor(1, 2, 7, 7).Tensor(2, 1, 3, 3).Int("group", 2).With("dilations", 2, 2).With("pads", 2, 2, 2, 2),
        new LayerCase("Conv").Tensor(1, 2, 4, 5).Tensor(4, 1, 3, 3).Int("group", 2).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(1, 2, 15, 14).Tensor(2, 1, 3, 3).Int("group", 2).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(1, 2, 30, 12).Tensor(2, 1, 3, 5).Int("group", 2).With("strides", 2, 1).With("pads", 0, 2, 1, 2),
        new LayerCase("Conv").Tensor(1, 2, 16, 20).Tensor(2, 1, 3, 3).Int("group", 2).With("strides", 1, 2).With("dilations", 2, 2),
        new LayerCase("Conv").Tensor(1, 2, 3, 66).Tensor(2, 1, 3, 3).Int("group", 2).With("pads", 1, 1, 1, 1),
        new LayerCase("Conv").Tensor(2, 3, 9).Tensor(4, 3, 3).Tensor(4).With("pads", 1, 1),
        new LayerCase("Conv").Tensor(2, 3, 9).Tensor(2, 3, 2).With("strides", 2),
        new LayerCase("Conv").Tensor(1, 2, 110).Tensor(2, 1, 3).Int("group", 2),
        new LayerCase("Conv").Tensor(1, 2, 9).Tensor(2, 1, 3).Int("group", 2).With("strides", 2),
        new LayerCase("Conv").Tensor(1, 2, 4, 3, 4).Tensor(3, 2, 2, 3, 2).With("pads", 1, 1, 0, 0, 1, 1),
        new LayerCase("Conv").Tensor(1, 2, 5, 4, 4).Tensor(2, 1, 3, 2, 2).Int("group", 2).With("strides", 2, 1, 2),
    ];

    private static IEnumerable<LayerCase> Transposed() =>
    [
        new LayerCase("ConvTranspose").Tensor(2, 3, 4, 5).Tensor(3, 2, 3, 3).Tensor(2),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 3, 3, 3).With("strides", 2, 2).With("pads", 1, 1, 1, 1),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 3).Tensor(2, 3, 3, 3).With("strides", 2, 3).With("output_padding", 1, 2),
        new LayerCase("ConvTranspose").Tensor(1, 2, 3, 3).Tensor(2, 3, 2, 2).With("strides", 3, 3),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 3, 3).With("dilations", 2, 2).With("pads", 1, 0, 0, 1),
        new LayerCase("ConvTranspose").Tensor(2, 4, 4, 3).Tensor(4, 3, 3, 2).Int("group", 2).With("strides", 2, 1),
        new LayerCase("ConvTranspose").Tensor(2, 3, 4, 4).Tensor(3, 1, 3, 3).Int("group", 3).With("strides", 2, 2),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 3, 3).With("strides", 2, 2).Text("auto_pad", "SAME_UPPER"),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 3, 3).With("strides", 2, 2).Text("auto_pad", "SAME_LOWER"),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 4, 4).With("strides", 2, 2).Text("auto_pad", "SAME_LOWER"),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 3, 3).With("strides", 2, 2).With("dilations", 2, 2).Text("auto_pad", "SAME_UPPER"),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 3, 3).With("strides", 3, 3).With("output_padding", 1, 1).With("output_shape", 12, 12),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 3, 3).With("strides", 2, 2).With("output_shape", 10, 10),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 3, 3).With("strides", 2, 2).With("output_shape", 8, 8),
        new LayerCase("ConvTranspose").Tensor(1, 2, 4, 4).Tensor(2, 2, 1, 1),
        new LayerCase("ConvTranspose").Tensor(2, 2, 5).Tensor(2, 3, 3).With("strides", 2),
    ];
}
