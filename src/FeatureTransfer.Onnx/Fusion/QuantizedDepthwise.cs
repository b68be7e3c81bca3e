using FeatureTransfer.Onnx.Kernels.Integers;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>ONNX Runtime's QLinearConv with the channels last, where it is depthwise.</summary>
internal static class QuantizedDepthwise
{
    /// <summary>The operator that can stand for it; null where it is of another kind.</summary>
    public static IntegerMatch? Of(NodeProto node, GraphConstants constants)
    {
        if (node.Int("channels_last", 0) != 1
            || constants.Of(node.Input[3]) is not { Dims: [>= IntegerLayout.Lanes and var channels, 1, IntegerWindow.Size, IntegerWindow.Size] } || node.Int("group", 1) != channels
            || constants.Signed(node.Input[3]) is not { } weights || constants.Signed(node.Input[5]) is not { } zeros || zeros.Any(zero => zero != 0)
            || Window(node, constants) is not { } window || Scales(node, constants, (int)channels) is not { } scales)
        {
            return null;
        }

        var bias = node.InputOrEmpty(8) is { Length: > 0 } name ? constants.Ints(name) : new int[channels];
        return bias is null || !IntegerWeights.Hold(bias, scales)
            ? null
            : new IntegerMatch(IntegerDepthwise.OperatorName, node.Input[0], window.Write(), builder => Add(builder, IntegerWeights.Pack(weights, bias, scales, window.InputZero)));
    }

    private static IEnumerable<string> Add(GraphBuilder builder, IntegerWeights weights) =>
    [
        builder.Constant("weights", weights.Weights, weights.Weights.Length), builder.Constant("bias", weights.Bias, weights.Bias.Length),
        builder.Constant("scales", weights.Scales, weights.Scales.Length),
    ];

    private static IntegerWindow? Window(NodeProto node, GraphConstants constants)
    {
        var (stride, pads) = (ConvolutionWindow.Stride(node), ConvolutionWindow.Pads(node, IntegerWindow.Size, IntegerWindow.Size));
        return stride is 1 or 2 && node.Ints("dilations") is null or [1, 1] && pads is not null && Array.TrueForAll(pads, pad => pad is 0 or 1)
            && constants.Byte(node.Input[2]) is { } inputZero && constants.Byte(node.Input[7]) is { } outputZero
            ? new IntegerWindow(stride, (int)pads[0], (int)pads[1], (int)pads[2], (int)pads[3], inputZero, outputZero)
            : null;
    }

    // In single precision and in this order, as ONNX Runtime has them.
    private static float[]? Scales(NodeProto node, GraphConstants constants, int channels)
    {
        if (constants.Float(node.Input[1]) is not { } input || constants.Floats(node.Input[4]) is not { } weights || constants.Float(node.Input[6]) is not { } output)
            return null;
        return weights.Length == channels || weights.Length == 1 ? [.. Enumerable.Range(0, channels).Select(i => input * weights[weights.Length == 1 ? 0 : i] / output)] : null;
    }
}
