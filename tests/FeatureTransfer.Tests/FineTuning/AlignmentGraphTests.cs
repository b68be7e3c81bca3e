using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.FineTuning;

/// <summary>The losses that align domains, against sums written out and central differences.</summary>
public class AlignmentGraphTests
{
    private const int Inputs = 3;
    private const int Features = 4;
    private const double Strength = 0.7;

    // Four rows of the source, three of the target.
    private static readonly double[][] _rows = Numbers(7, Inputs, 1);
    private static readonly double[][] _weights = Numbers(Inputs, Features, 2);
    private static readonly double[][] _head = Numbers(Features, 2, 3);
    private static readonly double[][] _hidden = Numbers(Features, 5, 4);
    private static readonly double[][] _last = Numbers(5, 1, 5);
    private static readonly int[] _labels = [0, 1, 1, 0, -1, -1, -1];

    [TestCase(DomainAlignmentMethod.Coral)]
    [TestCase(DomainAlignmentMethod.MeanDiscrepancy)]
    public void Append_Discrepancy_HasTheLossAndTheSlopeOfItsFormula(DomainAlignmentMethod method)
    {
        // The width of the kernels is as it is at the start: no gradient goes through it.
        var width = Distances(Product(_rows, _weights)).SelectMany(row => row).Average();
        double Loss(double[][] weights)
        {
            var features = Product(_rows, weights);
            return CrossEntropy(features) + (Strength * (method == DomainAlignmentMethod.Coral ? Coral(features) : Discrepancy(features, width)));
        }

        var (loss, slopes) = Run(method, (float)Strength);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(loss, Is.EqualTo(Loss(_weights)).Within(1e-4));
            Assert.That(slopes["w"], Is.EqualTo(Slopes(Loss, _weights)).Within(2e-4));
        }
    }

    [Test]
    public void Append_Adversary_LearnsToTellDomainsApartWhileFeaturesLearnTheOpposite()
    {
        var (loss, slopes) = Run(DomainAlignmentMethod.Adversarial, -(float)Strength);
        double Domains(double[][] weights, double[][] hidden) => Adversary(Product(Product(_rows, weights), hidden).Select(row => row.Select(value => Math.Max(0, value)).ToArray()).ToArray());
        var labels = Slopes(weights => CrossEntropy(Product(_rows, weights)), _weights);
        var domains = Slopes(weights => Domains(weights, _hidden), _weights);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(loss, Is.EqualTo(CrossEntropy(Product(_rows, _weights)) + Domains(_weights, _hidden)).Within(1e-5));
            Assert.That(slopes["w"], Is.EqualTo(labels.Zip(domains, (label, domain) => label - (Strength * domain))).Within(1e-4));
            Assert.That(slopes[DomainClassifierWeights.FirstWeight], Is.EqualTo(Slopes(hidden => Domains(_weights, hidden), _hidden)).Within(1e-4));
        }
    }

    [Test]
    public void Strength_OverTheStage_RisesFromNothingToTheWeight()
    {
        var options = new DomainAlignmentOptions { Method = DomainAlignmentMethod.Coral, Weight = 3 };
        Assert.That(new[] { 0, 0.1, 1 }.Select(progress => AlignmentStrength.Of(options, progress)), Is.EqualTo(new[] { 0, 3 * Math.Tanh(0.5), 3 * Math.Tanh(5) }).Within(1e-12));
    }

    [Test]
    public void Interleave_FewerRowsOfTheTarget_TakesThemInTurn()
    {
        var order = DomainAlignment.Interleave([1, 2, 3, 4, 5], [10, 20], 2, new Random(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(order.Chunk(4).SelectMany(batch => batch.Take(batch.Length / 2)), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
            Assert.That(order.Chunk(4).Select(batch => batch.Skip(batch.Length / 2).Order()).Take(2), Has.All.EqualTo(new[] { 10, 20 }));
            Assert.That(order, Has.Length.EqualTo(10));
        }
    }

    private static (double Loss, Dictionary<string, float[]> Slopes) Run(DomainAlignmentMethod method, float strength)
    {
        var builder = new GraphBuilder("small");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, Inputs));
        builder.Node("MatMul", "features", ["x", builder.Constant("w", Floats(_weights), Inputs, Features)]);
        builder.Node("Gemm", "logits", ["features", builder.Constant("head", Floats(_head), Features, 2), builder.Constant("bias", new float[2], 2)]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("logits", -1, 2));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        var layout = new TuningLayout { Task = FineTuneTask.Multiclass, Features = "features", Weights = ["head", "bias"], Logits = "logits", Scores = "logits" };
        var (whole, loss, labels) = LossGraph.Append(new OnnxModel(proto, "small"), "logits", new LossOptions { ClassWeights = [1, 1] });
        var options = new FineTuneOptions { Backbone = "small", Alignment = new DomainAlignmentOptions { Method = method, Hidden = 5 } };
        string[] trainable = method == DomainAlignmentMethod.Adversarial ? ["w", DomainClassifierWeights.FirstWeight, DomainClassifierWeights.FirstBias, DomainClassifierWeights.LastWeight, DomainClassifierWeights.LastBias] : ["w"];
        var graph = GradientGraph.Build(whole, AlignmentGraph.Append(whole, labels, layout, options, new GradientRequest { Loss = loss, Trainable = trainable }));
        var values = new Dictionary<string, (float[] Values, long[] Shape)>
        {
            ["x"] = (Floats(_rows), [_rows.Length, Inputs]),
            [labels] = ([.. _labels.SelectMany(label => new[] { label == 0 ? 1f : 0, label == 1 ? 1f : 0 })], [_labels.Length, 2]),
            [AlignmentGraph.Strength] = ([strength], []),
            ["w"] = (Floats(_weights), [Inputs, Features]),
            [DomainClassifierWeights.FirstWeight] = (Floats(_hidden), [Features, 5]),
            [DomainClassifierWeights.FirstBias] = (new float[5], [5]),
            [DomainClassifierWeights.LastWeight] = (Floats(_last), [5, 1]),
            [DomainClassifierWeights.LastBias] = (new float[1], [1]),
        };
        using var session = new InferenceSession(graph.Model.ToBytes());
        using var run = new RunOptions();
        OrtValue[] inputs = [.. session.InputNames.Select(name => OrtValue.CreateTensorValueFromMemory(values[name].Values, values[name].Shape))];
        using var results = session.Run(run, session.InputNames, inputs, session.OutputNames);
        Array.ForEach(inputs, input => input.Dispose());
        var outputs = session.OutputNames.Zip(results, (name, value) => (name, value.GetTensorDataAsSpan<float>().ToArray())).ToDictionary(pair => pair.name, pair => pair.Item2);
        return (outputs[graph.Loss][0], graph.Trainable.ToDictionary(tensor => tensor.Name, tensor => outputs[tensor.Gradient]));
    }

    private static double CrossEntropy(double[][] features) => Product(features, _head).Zip(_labels).Where(pair => pair.Second >= 0)
        .Average(pair => Math.Log(Math.Exp(pair.First[0]) + Math.Exp(pair.First[1])) - pair.First[pair.Second]);

    private static double Adversary(double[][] hidden) => Product(hidden, _last).Select((row, i) => Math.Log(1 + Math.Exp(row[0])) - (_labels[i] >= 0 ? row[0] : 0)).Average();

    private static double Coral(double[][] features)
    {
        var (source, target) = (Covariance(features[..4]), Covariance(features[4..]));
        return source.Zip(target, (a, b) => (a - b) * (a - b)).Sum() / (4 * Features * Features);
    }

    private static List<double> Covariance(double[][] rows)
    {
        var means = Enumerable.Range(0, Features).Select(i => rows.Average(row => row[i])).ToArray();
        return [.. from i in Enumerable.Range(0, Features) from j in Enumerable.Range(0, Features) select rows.Sum(row => (row[i] - means[i]) * (row[j] - means[j])) / (rows.Length - 1)];
    }

    private static double Discrepancy(double[][] features, double width)
    {
        var distances = Distances(features);
        double Mean(Range first, Range second) => distances[first].SelectMany(row => row[second]).Average(distance => new[] { 0.25, 0.5, 1, 2, 4 }.Average(factor => Math.Exp(-distance / (factor * width))));
        return Mean(..4, ..4) + Mean(4.., 4..) - (2 * Mean(..4, 4..));
    }

    private static double[][] Distances(double[][] rows) => [.. rows.Select(first => rows.Select(second => first.Zip(second, (a, b) => (a - b) * (a - b)).Sum()).ToArray())];

    private static double[] Slopes(Func<double[][], double> loss, double[][] weights) => [.. weights.SelectMany((row, i) => row.Select((_, j) => (loss(Moved(weights, i, j, 1e-5)) - loss(Moved(weights, i, j, -1e-5))) / 2e-5))];

    private static double[][] Moved(double[][] weights, int i, int j, double step)
    {
        double[][] moved = [.. weights.Select(row => (double[])row.Clone())];
        moved[i][j] += step;
        return moved;
    }

    private static double[][] Product(double[][] a, double[][] b) => [.. a.Select(row => Enumerable.Range(0, b[0].Length).Select(column => row.Select((value, i) => value * b[i][column]).Sum()).ToArray())];

    private static float[] Floats(double[][] rows) => [.. rows.SelectMany(row => row).Select(value => (float)value)];

    private static double[][] Numbers(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (double)(float)((random.NextDouble() * 2) - 1)).ToArray())];
    }
}
