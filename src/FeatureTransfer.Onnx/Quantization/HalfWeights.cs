using System.Runtime.InteropServices;
using Google.Protobuf;

namespace FeatureTransfer.Onnx.Quantization;

/// <summary>
/// Stores large weights as 16-bit floats with a Cast behind each, which ONNX Runtime computes once, as it loads the model: the CPU has
/// few kernels for 16 bits.
/// </summary>
internal static class HalfWeights
{
    // Small tensors, means and variances among them, weigh little and need their digits.
    private const int Smallest = 1024;
    private const float Largest = 65504;

    /// <summary>A model with 16-bit weights; inputs and outputs stay floats.</summary>
    public static OnnxModel Apply(OnnxModel model)
    {
        var proto = model.Proto.Clone();
        var builder = new GraphBuilder(proto.Graph);
        var casts = new List<NodeProto>();
        foreach (var tensor in proto.Graph.Initializer.Where(Fits).ToList())
        {
            var values = FloatTensors.Read(tensor);
            if (values.Any(value => !(Math.Abs(value) <= Largest)))
                continue;
            var name = tensor.Name;
            FloatTensors.Store(tensor, builder.Unused($"{name}/fp16"), TensorProto.Types.DataType.Float16, MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)));
            var cast = new NodeProto { OpType = "Cast", Name = name };
            cast.Input.Add(tensor.Name);
            cast.Output.Add(name);
            cast.Attribute.Add(GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Float));
            casts.Add(cast);
            FloatTensors.RemoveInput(proto.Graph, name);
        }

        var nodes = proto.Graph.Node.ToList();
        proto.Graph.Node.Clear();
        proto.Graph.Node.AddRange([.. casts, .. nodes]);
        return new OnnxModel(proto, model.Name);
    }

    private static bool Fits(TensorProto tensor) =>
        tensor.DataType == (int)TensorProto.Types.DataType.Float && tensor.Dims.Aggregate(1L, (product, size) => product * size) >= Smallest;
}

/// <summary>Reads and writes the numbers of tensors.</summary>
internal static class FloatTensors
{
    /// <summary>The values of a float tensor.</summary>
    public static float[] Read(TensorProto tensor) => tensor.HasRawData
        ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()
        : [.. tensor.FloatData];

    /// <summary>Gives a tensor another name, type and content; its shape stays.</summary>
    public static void Store(TensorProto tensor, string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes)
    {
        tensor.Name = name;
        tensor.DataType = (int)type;
        tensor.FloatData.Clear();
        tensor.RawData = ByteString.CopyFrom(bytes);
    }

    /// <summary>Older files list weights among the inputs too.</summary>
    public static void RemoveInput(GraphProto graph, string name)
    {
        if (graph.Input.FirstOrDefault(input => input.Name == name) is { } listed)
            graph.Input.Remove(listed);
    }
}
