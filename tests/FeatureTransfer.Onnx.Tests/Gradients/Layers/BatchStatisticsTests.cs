using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Batch normalization with the statistics of the batch.</summary>
public class BatchStatisticsTests
{
    private const int Rows = 4;
    private const int Channels = 2;

    private static readonly double[] _factors = [0.5, -1, 2, 1, 0.25, 3, -0.75, 1.5];

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

    // Each number of the batch moves the statistics of its channel, which the differences of a batch normalization by hand know.
    [TestCase("w", "scale", "offset")]
    [TestCase("w", "offset")]
    [TestCase("offset")]
    public void Build_BatchStatistics_GradientsFlowThroughThem(params string[] trainable)
    {
        var builder = new GraphBuilder("batch");
        var values = new Dictionary<string, (double[] Values, long[] Shape)>
        {
            ["w"] = ([1, 2, 3, 5, -1, 0, 4, 2], [Rows, Channels]),
            ["scale"] = ([1.5, 0.5], [Channels]),
            ["offset"] = ([0.25, -1], [Channels]),
        };
        foreach (var (name, (numbers, shape)) in values)
            builder.Constant(name, Array.ConvertAll(numbers, number => (float)number), shape);
        builder.Constant("r", Array.ConvertAll(_factors, factor => (float)factor), Rows, Channels);
        builder.Node("BatchNormalization", "y", ["w", "scale", "offset", "scale", "scale"], GraphBuilder.Float("epsilon", 0.1f));
        builder.Node("ReduceSum", "loss", [builder.Node("Mul", "weighed", ["y", "r"])], GraphBuilder.Int("keepdims", 0));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "loss" });
        var model = new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "batch");
        using var session = new NumberSession(GradientGraph.Build(model, new GradientRequest { Loss = "loss", Trainable = trainable, BatchStatistics = true }).Model);
        var results = session.Run(values);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(results["loss"].Values[0], Is.EqualTo(Loss(values)).Within(1e-5));
            foreach (var name in trainable)
                Assert.That(GradientCheck.RelativeDistance(results[$"grad/{name}"].Values, [.. values[name].Values.Select((_, i) => (Loss(Moved(values, name, i, 1e-5)) - Loss(Moved(values, name, i, -1e-5))) / 2e-5)]), Is.LessThan(1e-4), name);
        }
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

    // Names that the model has already, and a momentum of its own.
    [Test]
    public void Apply_NamesThatAreThere_AreLeftAlone()
    {
        var graph = Model().Proto.Graph;
        var node = graph.Node.Single(node => node.OpType == "BatchNormalization");
        node.Attribute.Add(GraphBuilder.Float("momentum", 0.75f));
        graph.Node.Insert(0, new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "normalized/batch/rows" } });
        graph.Node.Insert(0, new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "normalized/batch/means" } });
        var statistic = BatchStatistics.Apply(graph, ["scale"]).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(statistic, Is.EqualTo(new BatchStatistic("mean", "variance", "normalized/batch/means_1", "normalized/batch/variances", 0.75f)));
            Assert.That(graph.Node.SelectMany(node => node.Output), Is.Unique);
            Assert.That(graph.Initializer.Select(tensor => tensor.Name), Is.Unique);
            Assert.That(node.Input, Is.EqualTo(new[] { "scaled", "scale", "offset", statistic.BatchMean, statistic.BatchVariance }));
        }
    }

    [TestCase("scale", 1)]
    [TestCase("offset", 1)]
    [TestCase("factor", 0)]
    public void Apply_NormalizationThatDoesNotLearn_KeepsItsStatistics(string trainable, int expected) =>
        Assert.That(BatchStatistics.Apply(Model().Proto.Graph, [trainable]), Has.Count.EqualTo(expected));

    // Two images of two channels of two by one pixels.
    [Test]
    public void Apply_Images_HaveTheStatisticsOfAllTheirPixels()
    {
        var builder = new GraphBuilder("images");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 2, 2, 1));
        foreach (var name in new[] { "scale", "offset", "mean", "variance" })
            builder.Constant(name, [1f, 1f], 2);
        builder.Node("BatchNormalization", "y", ["x", "scale", "offset", "mean", "variance"]);
        var statistic = BatchStatistics.Apply(builder.Graph, ["scale"]).Single();
        builder.Graph.Output.AddRange(new[] { statistic.BatchMean, statistic.BatchVariance }.Select(name => new ValueInfoProto { Name = name }));
        using var session = new NumberSession(new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "images"));
        var results = session.Run(new Dictionary<string, (double[] Values, long[] Shape)> { ["x"] = ([1, 2, 10, 20, 3, 6, 30, 60], [2, 2, 2, 1]) });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(results[statistic.BatchMean].Values, Is.EqualTo(new[] { 3.0, 30 }).Within(1e-4));
            Assert.That(results[statistic.BatchVariance].Values, Is.EqualTo(new[] { 3.5, 350 }).Within(1e-3));
        }
    }

    private static Dictionary<string, (double[] Values, long[] Shape)> Moved(Dictionary<string, (double[] Values, long[] Shape)> values, string name, int i, double by)
    {
        var numbers = values[name].Values.ToArray();
        numbers[i] += by;
        return new(values) { [name] = (numbers, values[name].Shape) };
    }

    // The normalized batch times the factors, summed.
    private static double Loss(Dictionary<string, (double[] Values, long[] Shape)> values) => Enumerable.Range(0, Channels).Sum(channel =>
    {
        var column = Enumerable.Range(0, Rows).Select(row => values["w"].Values[(row * Channels) + channel]).ToArray();
        var mean = column.Average();
        var deviation = Math.Sqrt(column.Average(number => (number - mean) * (number - mean)) + 0.1);
        return column.Select((number, row) => ((values["scale"].Values[channel] * (number - mean) / deviation) + values["offset"].Values[channel]) * _factors[(row * Channels) + channel]).Sum();
    });

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
