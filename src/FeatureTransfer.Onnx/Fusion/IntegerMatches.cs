using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Integers;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Finds what operators on bytes can stand for in a graph that ONNX Runtime has optimized.</summary>
/// <param name="graph">The graph.</param>
internal sealed class IntegerMatches(GraphProto graph)
{
    // Orders of axes: from (batch, channels, height, width) to (batch, height, width, channels), and back.
    private static readonly long[] _toChannelsLast = [0, 2, 3, 1];
    private static readonly long[] _toChannelsFirst = [0, 3, 1, 2];

    private readonly GraphConstants _constants = new(graph);
    private readonly TensorUses _uses = new(graph);
    private readonly Dictionary<string, long[]> _images = graph.Input.Where(IsSmall).ToDictionary(input => input.Name, Sizes, StringComparer.Ordinal);

    /// <summary>The operator that can stand for a node; null where there is none.</summary>
    public IntegerMatch? Of(NodeProto node) => node.OpType switch
    {
        "QLinearConv" => QuantizedDepthwise.Of(node, _constants),
        "QLinearAveragePool" => QuantizedPool.Of(node, _constants),
        "ReduceMean" or "GlobalAveragePool" => Mean(node),
        "Transpose" => Blocks(node),
        _ => null,
    };

    private IntegerMatch? Mean(NodeProto node)
    {
        if (MeanOverImages.KeepsAxes(node, _constants.Longs) is not { } keepsAxes
            || Made(node.Input[0], "DequantizeLinear") is not { } dequantize
            || Made(dequantize.Input[0], "Transpose") is not { } transpose || !(transpose.Ints("perm") ?? []).SequenceEqual(_toChannelsFirst)
            || _constants.Float(dequantize.Input[1]) is not { } scale || Zero(dequantize) is not { } zero)
        {
            return null;
        }

        return new IntegerMatch(IntegerMean.OperatorName, transpose.Input[0], GraphBuilder.Ints(KernelNode.Attribute, zero, keepsAxes ? 1 : 0), builder => [builder.Constant("scale", [scale])]);
    }

    private IntegerMatch? Blocks(NodeProto node)
    {
        if (!(node.Ints("perm") ?? []).SequenceEqual(_toChannelsLast)
            || Made(node.Input[0], "SpaceToDepth") is not { } blocks || blocks.Int("blocksize", 0) != 2
            || Made(blocks.Input[0], "QuantizeLinear") is not { } quantize || Image(quantize.Input[0]) is not { } image
            || _constants.Float(quantize.Input[1]) is not { } scale || Zero(quantize) is not { } zero)
        {
            return null;
        }

        return new IntegerMatch(BlocksToBytes.OperatorName, image, GraphBuilder.Ints(KernelNode.Attribute, zero), builder => [builder.Constant("scale", [scale])]);
    }

    // The image itself, or one that a Pad makes even.
    private string? Image(string tensor)
    {
        if (_images.ContainsKey(tensor))
            return tensor;
        return Made(tensor, "Pad") is { } pad && _images.TryGetValue(pad.Input[0], out var sizes) && pad.InputOrEmpty(2).Length == 0 && pad.Text("mode", "constant") == "constant"
            && _constants.Longs(pad.InputOrEmpty(1)) is [0, 0, 0, 0, 0, 0, var rows, var columns] && rows == sizes[2] % 2 && columns == sizes[3] % 2
            ? pad.Input[0]
            : null;
    }

    private NodeProto? Made(string tensor, string op) => _uses.Maker(tensor) is { } maker && maker.OpType == op ? maker : null;

    private byte? Zero(NodeProto node) => _constants.Byte(node.InputOrEmpty(2));

    private static bool IsSmall(ValueInfoProto input) =>
        input.Type?.TensorType is { ElemType: (int)TensorProto.Types.DataType.Float, Shape.Dim: [_, { DimValue: > 0 and <= BlocksToBytes.MostChannels }, _, _] };

    private static long[] Sizes(ValueInfoProto input) => [.. input.Type.TensorType.Shape.Dim.Select(size => size.DimValue)];
}
