using System.Runtime.InteropServices;
using Google.Protobuf;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx;

/// <summary>Turns inputs of a graph into constants, so that the image alone is left to feed.</summary>
internal static class FixedInputs
{
    /// <summary>A graph without these inputs, or the model itself where none is named.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="values">What each input is filled with, by name; a size that is open becomes 1.</param>
    /// <param name="origin">Who says so, for errors.</param>
    /// <exception cref="FeatureTransferException">There is no such input, or it takes something else than numbers.</exception>
    public static OnnxModel Apply(OnnxModel model, IReadOnlyDictionary<string, double> values, string origin)
    {
        if (values.Count == 0)
            return model;
        var proto = model.Proto.Clone();
        foreach (var (name, value) in values)
        {
            var input = proto.Graph.Input.FirstOrDefault(input => input.Name == name)
                ?? throw Fault($"the model has no such input.{NearestName.Hint(name, model.Inputs.Select(known => known.Name))} It has {string.Join(", ", model.Inputs)}");
            var type = (ElementType)input.Type.TensorType.ElemType;
            var bytes = BytesOf(type, value) ?? throw Fault($"the input takes {type}, and a number can be given for numbers only");
            long[] shape = [.. input.Type.TensorType.Shape?.Dim.Select(size => Math.Max(1, size.DimValue)) ?? []];
            var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = Repeat(bytes, shape) };
            tensor.Dims.AddRange(shape);
            proto.Graph.Input.Remove(input);
            proto.Graph.Initializer.Add(tensor);

            FeatureTransferException Fault(string what) => new($"{origin}: $.otherInputs.{name}: {what}.");
        }

        return new OnnxModel(proto, model.Name);
    }

    private static ByteString Repeat(byte[] value, long[] shape)
    {
        var bytes = new byte[checked(value.Length * (int)shape.Aggregate(1L, (product, size) => checked(product * size)))];
        for (var at = 0; at < bytes.Length; at += value.Length)
            value.CopyTo(bytes, at);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static byte[]? BytesOf(ElementType type, double value) => type switch
    {
        ElementType.Float => Raw((float)value),
        ElementType.Float16 => Raw((Half)value),
        ElementType.Double => Raw(value),
        ElementType.Int32 => Raw((int)value),
        ElementType.Int64 => Raw((long)value),
        ElementType.Uint8 => Raw((byte)value),
        ElementType.Bool => Raw(value != 0),
        _ => null,
    };

    private static byte[] Raw<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value)).ToArray();
}
