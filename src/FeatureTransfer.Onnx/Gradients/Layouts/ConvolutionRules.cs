using FeatureTransfer.Onnx.Gradients.Operators;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Images;
using FeatureTransfer.Onnx.Kernels.Winograd;

namespace FeatureTransfer.Onnx.Gradients.Layouts;

/// <summary>Convolutions as matrix products over tensors whose channels come first.</summary>
internal static class ConvolutionRules
{
    /// <summary>Emits a convolution that is faster so; null for others.</summary>
    public static string? Rewrite(ChannelsFirst layout, NodeProto node)
    {
        if (Sizes(layout, node.Input[0], 2) is not { } from || Sizes(layout, node.Output[0], 2) is not { } to || Sizes(layout, node.Input[1], 0) is not { } weights)
            return null;
        var convolution = Convolution.Of(node, weights, from, to);
        var windows = convolution.Windows;
        if (windows is { IsPointwise: true, IsDense: true } && convolution.Groups == 1 && windows.Before.Concat(windows.After).All(pad => pad == 0))
            return layout.UsesKernels && PixelKernels.Suit(convolution) ? Kernel(layout, node, convolution, PixelConvolution.OperatorName) : Pointwise(layout, node, convolution);
        if (layout.UsesKernels && DepthwiseKernels.Suit(convolution))
            return Kernel(layout, node, convolution, DepthwiseForward.OperatorName);
        if (layout.UsesKernels && WinogradKernels.Suit(convolution))
            return Tiles(layout, node, convolution);
        if (layout.UsesKernels && UnrolledKernels.Suit(convolution))
            return Matrix(layout, node, convolution);
        if (layout.UsesKernels && ImageKernels.Suit(convolution))
            return Kernel(layout, node, convolution, ImageConvolution.OperatorName);
        return DepthwiseMatrices.Suits(convolution) ? Depthwise(layout, node, convolution) : null;
    }

    private static string Pointwise(ChannelsFirst layout, NodeProto node, Convolution convolution) =>
        Product(layout, node, convolution, Shaped(layout, node.Output[0], layout.Turned(node.Input[0]), convolution.Inputs, -1));

    private static string Matrix(ChannelsFirst layout, NodeProto node, Convolution convolution) => Product(
        layout, node, convolution, layout.AddKernel(Unrolled.OperatorName, node.Output[0], [layout.Turned(node.Input[0])], convolution.Geometry));

    private static string Tiles(ChannelsFirst layout, NodeProto node, Convolution convolution)
    {
        var (output, geometry) = (node.Output[0], convolution.Geometry);
        var images = layout.AddKernel(InputTiles.OperatorName, output, [layout.Turned(node.Input[0])], geometry);
        var weights = layout.AddKernel(WeightTiles.OperatorName, output, [node.Input[1]], geometry);
        var products = layout.Add("MatMul", output, [weights, images]);
        return layout.AddKernel(OutputTiles.OperatorName, output, [products, .. node.Input.Skip(2)], geometry);
    }

    // Weights times what windows read, a column a window.
    private static string Product(ChannelsFirst layout, NodeProto node, Convolution convolution, string windows)
    {
        var output = node.Output[0];
        List<string> operands = [Shaped(layout, output, node.Input[1], convolution.Outputs, convolution.Inputs * convolution.Windows.Taps), windows];
        if (node.InputOrEmpty(2).Length > 0)
            operands.Add(Shaped(layout, output, node.Input[2], convolution.Outputs, 1));
        return Shaped(layout, output, layout.Add("Gemm", output, operands), [convolution.Outputs, -1, .. convolution.Windows.Output]);
    }

    private static string Kernel(ChannelsFirst layout, NodeProto node, Convolution convolution, string op) => layout.AddBounded(
        op, node.Output[0], [layout.Turned(node.Input[0]), .. node.Input.Skip(1)], convolution.Geometry);

    // Each channel's filter becomes the matrix from its input pixels to its output pixels.
    private static string Depthwise(ChannelsFirst layout, NodeProto node, Convolution convolution)
    {
        var (output, windows) = (node.Output[0], convolution.Windows);
        var (from, to) = (TensorEmissions.Count(windows.Input), TensorEmissions.Count(windows.Output));
        var places = layout.Floats(output, WindowPlaces.ForwardMatrix(windows), windows.Taps, from * to);
        var filters = Shaped(layout, output, node.Input[1], convolution.Outputs, windows.Taps);
        var matrices = Shaped(layout, output, layout.Add("MatMul", output, [filters, places]), convolution.Outputs, from, to);
        var rows = Shaped(layout, output, layout.Turned(node.Input[0]), convolution.Inputs, -1, from);
        var product = layout.Add("MatMul", output, [rows, matrices]);
        if (node.InputOrEmpty(2).Length > 0)
            product = layout.Add("Add", output, [product, Shaped(layout, output, node.Input[2], convolution.Outputs, 1, 1)]);
        return Shaped(layout, output, product, [convolution.Outputs, -1, .. windows.Output]);
    }

    private static string Shaped(ChannelsFirst layout, string output, string tensor, params long[] shape) =>
        layout.Add("Reshape", output, [tensor, layout.Ints(output, shape)]);

    private static long[]? Sizes(ChannelsFirst layout, string tensor, int from) =>
        layout.Facts(tensor).Shape is { } shape && shape.Length >= from && shape.Skip(from).All(size => size is not null)
            ? [.. shape.Skip(from).Select(size => size!.Value)]
            : null;
}
