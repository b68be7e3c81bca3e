using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Batch normalization with the statistics of the batch.</summary>
public class BatchStatisticsTests
{
    private const int Rows = 4;
    private const int Channels = 2;

    // Normalized over the batch, the sum of squares of each channel is its scale squared times the number of elements, whatever the input.
    [Test]
    public void Build_BatchStatistics_NormalizesByTheBatchAndPutsItsStatisticsOut()
    {
        var graph = GradientGraph.Build(Model(), new GradientRequest { Loss = "loss", Trainable = ["factor", "scale"], BatchStatistics = true });
        float[] input = [1, 2, 3, 5, -1, 0, 4, 2];
        var results = Run(graph, input);
        var statistic = graph.Statistics.Single();
        Assert.Multiple(() =>
        {
            Assert.That(results["loss"][0], Is.EqualTo(Rows * ((1.5f * 1.5f) + (0.5f * 0.5f))).Within(1e-3));
            Assert.That(results["grad/scale"], Is.EqualTo(new[] { 2 * Rows * 1.5f, 2 * Rows * 0.5f }).Within(1e-3));
            Assert.That(results["grad/factor"][0], Is.EqualTo(0).Within(1e-3), "a larger input is normalized away, which only the gradients through the statistics know");
            Assert.That(statistic, Is.EqualTo(new BatchStatistic("mean", "variance", statistic.BatchMean, statistic.BatchVariance, 0.9f)));
            Assert.That(results[statistic.BatchMean], Is.EqualTo(new[] { 1.75f, 2.25f }).Within(1e-5));
            Assert.That(results[statistic.BatchVariance], Is.EqualTo(new[] { 3.6875f, 3.1875f }).Within(1e-4));
        });
    }

    [Test]
    public void Build_StoredStatistics_TheInputMatters()
    {
        var graph = GradientGraph.Build(Model(), new GradientRequest { Loss = "loss", Trainable = ["factor", "scale"] });
        var results = Run(graph, [1, 2, 3, 5, -1, 0, 4, 2]);
        Assert.Multiple(() =>
        {
            Assert.That(graph.Statistics, Is.Empty);
            Assert.That(Math.Abs(results["grad/factor"][0]), Is.GreaterThan(1));
        });
    }

    private static Dictionary<string, float[]> Run(TrainingGraph graph, float[] input)
    {
        using var session = new InferenceSession(graph.Model.ToBytes());
        using var x = OrtValue.CreateTensorValueFromMemory(input, [Rows, Channels]);
        using var factor = OrtValue.CreateTensorValueFromMemory([1f], [1]);
        using var scale = OrtValue.CreateTensorValueFromMemory([1.5f, 0.5f], [Channels]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x", "factor", "scale"], [x, factor, scale], session.OutputNames);
        return session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }

    // loss = sum of normalized(factor x)^2
    private static OnnxModel Model()
    {
        var builder = new GraphBuilder("batch");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, Channels));
        builder.Constant("factor", [1f], 1);
        builder.Constant("scale", [1.5f, 0.5f], Channels);
        builder.Constant("offset", [0f, 0f], Channels);
        builder.Constant("mean", [0f, 1f], Channels);
        builder.Constant("variance", [1f, 2f], Channels);
        builder.Node("Mul", "scaled", ["x", "factor"]);
        builder.Node("BatchNormalization", "normalized", ["scaled", "scale", "offset", "mean", "variance"], GraphBuilder.Float("epsilon", 1e-6f));
        builder.Node("Mul", "squared", ["normalized", "normalized"]);
        builder.Node("ReduceSum", "loss", ["squared"], GraphBuilder.Int("keepdims", 0));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "loss" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 18 });
        return new OnnxModel(proto, "batch");
    }
}
