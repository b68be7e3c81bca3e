using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

public class FreeBatchTests
{
    private static readonly float[] _rows = [.. Enumerable.Range(0, 24).Select(i => (float)i)];

    [TestCase("fold", "'y' (Reshape)")]
    [TestCase("inferred", "'y' (Reshape)")]
    [TestCase("computed", "'counts' (Shape)")]
    [TestCase("outerReduce", "'y' (ReduceMean)")]
    [TestCase("turned", "'y' (Transpose)")]
    [TestCase("padded", "'y' (Pad)")]
    [TestCase("token", "'y' (Concat)")]
    [TestCase("firstRow", "'y' (Gather)")]
    [TestCase("rowsOnTheRight", "'y' (MatMul)")]
    public void Apply_GraphThatMayDependOnTheBatch_IsRefusedAndTheNodeNamed(string kind, string node)
    {
        var model = Model(kind);
        Assert.Multiple(() =>
        {
            Assert.That(FreeBatch.Apply(model), Is.SameAs(model));
            Assert.That(FreeBatch.Obstacle(model), Is.EqualTo(node));
        });
    }

    [TestCase("flatten")]
    [TestCase("heads")]
    [TestCase("reduced")]
    [TestCase("product")]
    [TestCase("paddedInside")]
    [TestCase("taken")]
    public void Apply_GraphOfRows_GivesInABatchWhatEachRowGivesAlone(string kind)
    {
        var fixedModel = Model(kind);
        var freed = FreeBatch.Apply(fixedModel);
        var together = Onnxes.Run(freed, _rows, [2, 3, 4])["y"];
        var alone = _rows.Chunk(12).SelectMany(row => Onnxes.Run(fixedModel, row, [1, 3, 4])["y"]).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(FreeBatch.Obstacle(fixedModel), Is.Null);
            Assert.That(together, Is.EqualTo(alone).Within(1e-6));
        });
    }

    /// <summary>x (1, 3, 4) -> y, by the shapes and axes that exporters bake in.</summary>
    private static OnnxModel Model(string kind)
    {
        var builder = new GraphBuilder(kind);
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 3, 4));
        string Longs(string name, params long[] values) => builder.Constant(name, values, values.Length);
        _ = kind switch
        {
            "fold" => builder.Node("Reshape", "y", ["x", Longs("s", 3, 4)]),
            "inferred" => builder.Node("Reshape", "y", ["x", Longs("s", -1, 4)]),
            "computed" => Computed(builder),
            "outerReduce" => builder.Node("ReduceMean", "y", ["x"], GraphBuilder.Ints("axes", 0, 1)),
            "turned" => builder.Node("Transpose", "y", ["x"], GraphBuilder.Ints("perm", 1, 0, 2)),
            "padded" => builder.Node("Pad", "y", ["x", Longs("p", 1, 0, 0, 0, 0, 0)]),
            "token" => builder.Node("Concat", "y", [builder.Constant("cls", new float[4], 1, 1, 4), "x"], GraphBuilder.Int("axis", 1)),
            "firstRow" => builder.Node("Gather", "y", ["x", Longs("i", 0)], GraphBuilder.Int("axis", 0)),
            "rowsOnTheRight" => builder.Node("MatMul", "y", [builder.Constant("w", new float[6], 2, 3), "x"]),
            "flatten" => builder.Node("Reshape", "y", ["x", Longs("s", 1, 12)]),
            "heads" => builder.Node("Transpose", "y", [builder.Node("Reshape", "h", ["x", Longs("s", 1, 3, 2, 2)])], GraphBuilder.Ints("perm", 0, 2, 1, 3)),
            "reduced" => builder.Node("ReduceMean", "y", ["x"], GraphBuilder.Ints("axes", 1), GraphBuilder.Int("keepdims", 0)),
            "product" => builder.Node("MatMul", "y", ["x", builder.Constant("w", [1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], 4, 2)]),
            "paddedInside" => builder.Node("Pad", "y", ["x", Longs("p", 0, 1, 0, 0, 0, 2)]),
            "taken" => builder.Node("Gather", "y", ["x", Longs("i", 2, 0)], GraphBuilder.Int("axis", 1)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, kind);
    }

    private static string Computed(GraphBuilder builder)
    {
        builder.Node("Shape", "counts", ["x"]);
        return builder.Node("Reshape", "y", ["x", "counts"]);
    }
}
