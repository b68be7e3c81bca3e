using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Integers;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>ONNX Runtime's QLinearAveragePool with the channels last.</summary>
internal static class QuantizedPool
{
    /// <summary>The operator that can stand for it; null where it is of another kind.</summary>
    public static IntegerMatch? Of(NodeProto node, GraphConstants constants)
    {
        if (node.Int("channels_last", 0) != 1 || node.Int("ceil_mode", 0) != 0 || Pool(node, constants) is not { Holds: true } pool
            || constants.Float(node.Input[1]) is not { } input || constants.Float(node.Input[3]) is not { } output)
        {
            return null;
        }

        return new IntegerMatch(IntegerAveragePool.OperatorName, node.Input[0], pool.Write(), builder => [builder.Constant("ratio", [input / output])]);
    }

    private static IntegerPool? Pool(NodeProto node, GraphConstants constants)
    {
        if (node.Ints("kernel_shape") is not [var rows, var columns] || node.Ints("dilations") is not (null or [1, 1])
            || ConvolutionWindow.Pads(node, rows, columns) is not [var top, var left, var bottom, var right]
            || constants.Byte(node.Input[2]) is not { } inputZero || constants.Byte(node.InputOrEmpty(4)) is not { } outputZero)
        {
            return null;
        }

        var (down, across) = node.Ints("strides") is [var first, var second] ? (first, second) : (1, 1);
        return new IntegerPool(
            new AxisAttributes((int)rows, (int)down, 1, (int)top, (int)bottom), new AxisAttributes((int)columns, (int)across, 1, (int)left, (int)right), node.Int("count_include_pad", 0) != 0, inputZero, outputZero);
    }
}
