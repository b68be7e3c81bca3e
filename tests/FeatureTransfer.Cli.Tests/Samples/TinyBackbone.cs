using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Cli.Tests.Samples;

/// <summary>A backbone whose features are the mean colours of an image: x (batch, 3, 8, 8) -> colour (batch, 3, 8, 8).</summary>
internal static class TinyBackbone
{
    public static void Save(string path) => File.WriteAllBytes(path, Google.Protobuf.MessageExtensions.ToByteArray(Model()));

    private static ModelProto Model()
    {
        var graph = new GraphProto { Name = "colours" };
        graph.Input.Add(Images("x"));
        graph.Output.Add(Images("colour"));
        graph.Node.Add(new NodeProto { OpType = "Relu", Name = "colour", Input = { "x" }, Output = { "colour" } });
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return model;
    }

    private static ValueInfoProto Images(string name)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        foreach (var size in new[] { 3, 8, 8 })
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        const int Float = 1;
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = Float, Shape = shape } } };
    }
}
