using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Writes the nodes of a loss, all under names of their own.</summary>
internal sealed class LossWriter(GraphBuilder builder, DataType type)
{
    /// <summary>Adds a node.</summary>
    public string Node(string op, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        builder.Node(op, builder.Unused($"loss/{op}"), inputs, attributes);

    /// <summary>Adds the node whose output is the loss.</summary>
    public string Loss(string op, params string[] inputs) =>
        builder.Node(op, builder.Unused("loss"), inputs, op == "ReduceMean" ? [GraphBuilder.Int("keepdims", 0)] : []);

    /// <summary>a + b.</summary>
    public string Add(string a, string b) => Node("Add", [a, b]);

    /// <summary>a - b.</summary>
    public string Sub(string a, string b) => Node("Sub", [a, b]);

    /// <summary>a b.</summary>
    public string Mul(string a, string b) => Node("Mul", [a, b]);

    /// <summary>The sum over the last axis.</summary>
    public string SumOverClasses(string a) => Node("ReduceSum", [a, Whole(-1)], GraphBuilder.Int("keepdims", 0));

    /// <summary>The sum of all elements.</summary>
    public string Sum(string a) => Node("ReduceSum", [a], GraphBuilder.Int("keepdims", 0));

    /// <summary>One number.</summary>
    public string Number(float value) => Constant(TensorValues.Floats(type, [value]));

    /// <summary>A list of numbers.</summary>
    public string Numbers(IReadOnlyList<float> values) => Constant(TensorValues.Floats(type, [.. values], values.Count));

    private string Whole(long value) => Constant(TensorValues.Ints([value], 1));

    private string Constant(TensorProto tensor)
    {
        tensor.Name = builder.Unused("loss/constant");
        builder.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
