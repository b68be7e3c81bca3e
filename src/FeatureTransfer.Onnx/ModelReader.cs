using System.Buffers;
using Google.Protobuf;

namespace FeatureTransfer.Onnx;

/// <summary>
/// Reads models whose large weights may stay where they are: Protocol Buffers copies every weight, which for most models is nearly the
/// whole file. What it parses is the model without those, and each is then set to its place in the file. Packed floats become raw data,
/// which is the same bytes.
/// </summary>
internal static class ModelReader
{
    private const int Page = 4096;

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The content of an <c>.onnx</c> file.</param>
    /// <param name="alias">Whether the model refers to the bytes, which nobody may change then; else its weights are copies.</param>
    /// <param name="large">From how many bytes on a weight is large. Default a page.</param>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no model.</exception>
    public static ModelProto Read(ReadOnlyMemory<byte> bytes, bool alias, int large = Page)
    {
        List<LargeWeight> weights = [];
        var model = ModelProto.Parser.ParseFrom(WithoutWeights(bytes, weights, large));
        foreach (var weight in weights)
            model.Graph.Initializer[weight.Initializer].RawData = alias ? UnsafeByteOperations.UnsafeWrap(weight.Bytes) : ByteString.CopyFrom(weight.Bytes.Span);
        return model;
    }

    // Where the bytes are not laid out as exporters do it, or are no model, they stay as they are, and the parser tells why.
    private static ReadOnlySpan<byte> WithoutWeights(ReadOnlyMemory<byte> model, List<LargeWeight> weights, int large)
    {
        if (WireField.Find(model.Span, ModelProto.GraphFieldNumber) is not { HoldsBytes: true } graph || GraphWithoutWeights(model[graph.Value], weights, large) is not { } rest)
        {
            weights.Clear();
            return model.Span;
        }

        var skeleton = new ArrayBufferWriter<byte>(rest.WrittenCount + 1024);
        skeleton.Write(model.Span[..graph.Whole.Start]);
        WireWriting.Field(skeleton, ModelProto.GraphFieldNumber, rest.WrittenSpan);
        skeleton.Write(model.Span[graph.Whole.End..]);
        return skeleton.WrittenSpan;
    }

    private static ArrayBufferWriter<byte>? GraphWithoutWeights(ReadOnlyMemory<byte> graph, List<LargeWeight> weights, int large)
    {
        var rest = new ArrayBufferWriter<byte>(1 << 16);
        var initializers = 0;
        var fields = new WireFields(graph.Span);
        while (fields.MoveNext())
        {
            var isInitializer = fields is { Number: GraphProto.InitializerFieldNumber, HoldsBytes: true };
            if (isInitializer && Weight(graph.Span[fields.Value], large) is { } weight)
            {
                var tensor = graph[fields.Value];
                weights.Add(new LargeWeight(initializers, tensor[weight.Value]));
                WireWriting.Field(rest, GraphProto.InitializerFieldNumber, [.. tensor.Span[..weight.Whole.Start], .. tensor.Span[weight.Whole.End..]]);
            }
            else
            {
                rest.Write(graph.Span[fields.Whole]);
            }

            if (isInitializer)
                initializers++;
        }

        return fields.IsBroken ? null : rest;
    }

    private static WireField? Weight(ReadOnlySpan<byte> tensor, int large)
    {
        if (WireField.Find(tensor, TensorProto.RawDataFieldNumber) is { HoldsBytes: true } raw && raw.Length >= large)
            return raw;
        var packed = WireField.Find(tensor, TensorProto.FloatDataFieldNumber);
        return packed is { HoldsBytes: true } floats && floats.Length >= large && floats.Length % sizeof(float) == 0 && HoldsFloats(tensor) ? packed : null;
    }

    private static bool HoldsFloats(ReadOnlySpan<byte> tensor) =>
        WireField.Find(tensor, TensorProto.DataTypeFieldNumber) is { HoldsBytes: false, Length: 1 } type
        && tensor[type.Value][0] == (byte)TensorProto.Types.DataType.Float
        && WireField.Find(tensor, TensorProto.RawDataFieldNumber) is null;

    private readonly record struct LargeWeight(int Initializer, ReadOnlyMemory<byte> Bytes);
}
