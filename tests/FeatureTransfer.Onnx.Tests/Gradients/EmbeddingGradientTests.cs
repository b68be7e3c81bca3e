using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>A table of embeddings, in which the same few rows are looked up again and again.</summary>
public class EmbeddingGradientTests
{
    private const int Words = 5, Width = 64, Rows = 128, Length = 48, Runs = 6;

    [TestCase(1)]
    [TestCase(4)]
    public void Build_RowsLookedUpManyTimes_SumsEveryUseTheSameWayEachTime(int threads)
    {
        var random = new Random(3);
        var ids = Enumerable.Range(0, Rows * Length).Select(_ => (long)random.Next(-Words, Words)).ToArray();
        var factors = Enumerable.Range(0, ids.Length * Width).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
        var graph = GradientGraph.Build(Model(factors), new GradientRequest { Loss = "loss", Trainable = ["table"] });
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        using var session = new InferenceSession(graph.Model.ToBytes(), options);

        var gradients = Enumerable.Range(0, Runs).Select(_ => Run(session, graph, ids)).ToList();

        Assert.That(Tensors.RelativeDistance(gradients[0], Expected(ids, factors)), Is.LessThan(1e-5));
        Assert.That(gradients, Has.All.EqualTo(gradients[0]));
    }

    // The table times a row of unknown length: each number of the table takes twice itself times the squares of the row, for every use.
    [Test]
    public void Build_RowsOfUnknownLength_SumsEveryUse()
    {
        var builder = new GraphBuilder("rows");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", 1, -1, 2));
        builder.Node("Mul", "table", [builder.Constant("w", [1f, 2f, 3f], 3, 1, 1), "x"]);
        builder.Node("Gather", "chosen", ["table", builder.Constant("ids", [0L, 2, 2, -1], 2, 2)]);
        builder.Node("ReduceSumSquare", "loss", ["chosen"], GraphBuilder.Int("keepdims", 0));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "loss" });
        var model = new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "rows");
        using var session = new NumberSession(GradientGraph.Build(model, new GradientRequest { Loss = "loss", Trainable = ["w"] }).Model);
        var results = session.Run(new Dictionary<string, (double[] Values, long[] Shape)> { ["w"] = ([1, 2, 3], [3, 1, 1]), ["x"] = ([1, 2, 3, 4, 0, 0], [1, 3, 2]) });
        Assert.That(results["grad/w"].Values, Is.EqualTo(new double[] { 2 * 30, 0, 3 * 2 * 3 * 30 }).Within(1e-3));
    }

    private static float[] Run(InferenceSession session, TrainingGraph graph, long[] ids)
    {
        using var options = new RunOptions();
        using var given = OrtValue.CreateTensorValueFromMemory(ids, [Rows, Length]);
        using var table = OrtValue.CreateTensorValueFromMemory(new float[Words * Width], [Words, Width]);
        using var results = session.Run(options, ["ids", "table"], [given, table], [graph.Trainable[0].Gradient]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Expected(long[] ids, float[] factors)
    {
        var sums = new double[Words * Width];
        for (var i = 0; i < factors.Length; i++)
            sums[(((ids[i / Width] + Words) % Words) * Width) + (i % Width)] += factors[i];
        return Array.ConvertAll(sums, sum => (float)sum);
    }

    // The sum of all embeddings, each number times a factor of its own.
    private static OnnxModel Model(float[] factors)
    {
        var builder = new GraphBuilder("embeddings");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("ids", Rows, Length));
        builder.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Int64;
        builder.Constant("table", new float[Words * Width], Words, Width);
        builder.Constant("factors", factors, Rows, Length, Width);
        builder.Node("Gather", "embeddings", ["table", "ids"]);
        builder.Node("Mul", "weighed", ["embeddings", "factors"]);
        builder.Node("ReduceSum", "loss", ["weighed"], GraphBuilder.Int("keepdims", 0));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "loss" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 18 });
        return new OnnxModel(proto, "embeddings");
    }
}
