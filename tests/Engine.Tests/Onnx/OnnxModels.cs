using Google.Protobuf;
using Onnx;

namespace Engine.Tests.Onnx;

/// <summary>Small models made on the spot.</summary>
internal static class OnnxModels
{
    private const int Float = 1;

    /// <summary>y = x * 2 (and z = -x), for x of (batch, 3). A batch of null is free, named N; of an empty name, free without a name.</summary>
    public static byte[] Doubler(long? batch = null, string batchName = "N", int elementType = Float)
    {
        var graph = new GraphProto { Name = "doubler" };
        foreach (var (list, name) in new[] { (graph.Input, "x"), (graph.Output, "y"), (graph.Output, "z") })
            list.Add(Tensor(name, elementType, Batch(batch, batchName), Fixed(3)));
        graph.Node.Add(Node("Add", ["x", "x"], "y"));
        graph.Node.Add(Node("Neg", ["x"], "z"));
        return Bytes(graph);
    }

    /// <summary>Mean over height and width: (batch, 3, height, width) to (batch, 3, 1, 1), with the sizes left open or not.</summary>
    public static byte[] GlobalAverage(bool openSizes = false)
    {
        var size = openSizes ? new TensorShapeProto.Types.Dimension { DimParam = "S" } : Fixed(2);
        var graph = new GraphProto { Name = "average" };
        graph.Input.Add(Tensor("image", Float, Batch(null, "N"), Fixed(3), size, size.Clone()));
        graph.Output.Add(Tensor("mean", Float, Batch(null, "N"), Fixed(3), Fixed(1), Fixed(1)));
        graph.Node.Add(Node("GlobalAveragePool", ["image"], "mean"));
        return Bytes(graph);
    }

    /// <summary>The sum of two inputs, a of (1, 2) and b of (1, 2).</summary>
    public static byte[] Sum()
    {
        var graph = new GraphProto { Name = "sum" };
        foreach (var name in (string[])["a", "b"])
            graph.Input.Add(Tensor(name, Float, Fixed(1), Fixed(2)));
        graph.Output.Add(Tensor("s", Float, Fixed(1), Fixed(2)));
        graph.Node.Add(Node("Add", ["a", "b"], "s"));
        return Bytes(graph);
    }

    /// <summary>Text through and through.</summary>
    public static byte[] TextIdentity()
    {
        const int Text = 8;
        var graph = new GraphProto { Name = "text" };
        graph.Input.Add(Tensor("t", Text, Batch(null, "N"), Fixed(1)));
        graph.Output.Add(Tensor("u", Text, Batch(null, "N"), Fixed(1)));
        graph.Node.Add(Node("Identity", ["t"], "u"));
        return Bytes(graph);
    }

    private static NodeProto Node(string op, string[] inputs, string output)
    {
        var node = new NodeProto { OpType = op };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static TensorShapeProto.Types.Dimension Fixed(long size) => new() { DimValue = size };

    private static TensorShapeProto.Types.Dimension Batch(long? size, string name) =>
        size is { } value ? Fixed(value) : name.Length == 0 ? new() : new() { DimParam = name };

    private static ValueInfoProto Tensor(string name, int elementType, params TensorShapeProto.Types.Dimension[] dimensions)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(dimensions);
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = elementType, Shape = shape } } };
    }

    private static byte[] Bytes(GraphProto graph)
    {
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model.ToByteArray();
    }
}
