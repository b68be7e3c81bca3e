using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Engine.Tests.Vision;

/// <summary>A network of images whose features are the mean colours, with a classifier of four classes on them.</summary>
internal static class TinyBackbone
{
    /// <summary>pixels (N, 3, height, width) to relu, squares, pooled (N, 3, 1, 1), flat (N, 3), logits (N, 4), probabilities (N, 4).</summary>
    public static ModelProto Model(long height = 8, long width = 8, long? batch = null)
    {
        var graph = new GraphProto { Name = "tiny" };
        graph.Input.Add(Tensor("pixels", batch, 3, height, width));
        graph.Output.Add(Tensor("probabilities", batch, 4));
        graph.Node.Add(Node("Relu", ["pixels"], "relu"));
        graph.Node.Add(Node("Mul", ["relu", "relu"], "squares"));
        graph.Node.Add(Node("GlobalAveragePool", ["relu"], "pooled"));
        graph.Node.Add(Node("Flatten", ["pooled"], "flat"));
        graph.Node.Add(Node("Gemm", ["flat", "weights", "biases"], "logits"));
        graph.Node.Add(Node("Softmax", ["logits"], "probabilities"));
        graph.Initializer.Add(Constant("weights", 3, 4));
        graph.Initializer.Add(Constant("biases", 4));
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model;
    }

    /// <summary>Writes the network and, if any, a card beside it; gives the path.</summary>
    public static string Save(string folder, string name = "mobilenet_v2", string? card = null, ModelProto? model = null)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name + ".onnx");
        File.WriteAllBytes(path, (model ?? Model()).ToByteArray());
        if (card is not null)
            File.WriteAllText(Path.Combine(folder, name + ".json"), card);
        return path;
    }

    public static NodeProto Node(string op, string[] inputs, string output)
    {
        var node = new NodeProto { OpType = op };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static ValueInfoProto Tensor(string name, long? batch, params long[] sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(batch is { } fixedSize ? new TensorShapeProto.Types.Dimension { DimValue = fixedSize } : new() { DimParam = "N" });
        shape.Dim.AddRange(sizes.Select(size => size > 0 ? new TensorShapeProto.Types.Dimension { DimValue = size } : new() { DimParam = "S" }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } };
    }

    private static TensorProto Constant(string name, params long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)i));
        return tensor;
    }
}
