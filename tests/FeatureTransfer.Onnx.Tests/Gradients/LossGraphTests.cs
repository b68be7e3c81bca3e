using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Losses against their formulas, and their gradients against central differences.</summary>
public class LossGraphTests
{
    private static readonly double[] _scores = [0.3, -1.2, 2.0, 0.7, 0.1, -0.4];
    private static readonly double[] _labels = [0, 0, 1, 0.25, 0.75, 0];
    private static readonly float[] _weights = [0.5f, 2, 1];

    private static readonly LossOptions[] _options =
    [
        new(),
        new() { LabelSmoothing = 0.1f },
        new() { ClassWeights = _weights },
        new() { ClassWeights = _weights, LabelSmoothing = 0.2f },
        new() { Kind = LossKind.Focal },
        new() { Kind = LossKind.Focal, FocalGamma = 0.5f, ClassWeights = _weights },
        new() { Kind = LossKind.BinaryCrossEntropy },
        new() { Kind = LossKind.BinaryCrossEntropy, LabelSmoothing = 0.1f, ClassWeights = _weights },
        new() { Kind = LossKind.MeanSquaredError },
    ];

    [TestCaseSource(nameof(_options))]
    public void Append_AnyLoss_AgreesWithItsFormula(LossOptions options)
    {
        var loss = Loss(options, _scores, out var gradients);
        Assert.That(loss, Is.EqualTo(Formula(options, _scores)).Within(1e-5));
        var expected = _scores.Select((_, i) => (Formula(options, Moved(i, 1e-5)) - Formula(options, Moved(i, -1e-5))) / 2e-5).ToArray();
        Assert.That(GradientCheck.RelativeDistance(gradients, expected), Is.LessThan(1e-3));
    }

    [TestCase(LossKind.SoftmaxCrossEntropy)]
    [TestCase(LossKind.Focal)]
    [TestCase(LossKind.BinaryCrossEntropy)]
    public void Append_HugeScores_StaysFinite(LossKind kind)
    {
        var loss = Loss(new LossOptions { Kind = kind }, [1000, -1000, 1000, -1000, 1000, 0], out var gradients);
        Assert.That(loss, Is.GreaterThanOrEqualTo(0).And.LessThan(1e4));
        Assert.That(gradients, Is.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void Append_ZeroScores_PullTowardsTheLabel()
    {
        Loss(new LossOptions { Kind = LossKind.BinaryCrossEntropy }, new double[6], out var gradients);
        Assert.That(gradients, Is.EqualTo(_labels.Select(label => (0.5 - label) / 6)).Within(1e-6), "a new head starts at 0");
    }

    [Test]
    public void Append_OldModel_KeepsItsInputsAndOutputs()
    {
        var (model, loss, labels) = LossGraph.Append(SmallModels.Convolution(), "scores", new LossOptions());
        Assert.Multiple(() =>
        {
            Assert.That(model.Inputs.Select(input => input.Name), Is.EqualTo(["x", labels]));
            Assert.That(model.Inputs[1].Shape, Is.EqualTo(new long?[] { null, 5 }));
            Assert.That(model.Outputs.Select(output => output.Name), Is.EqualTo(["scores", loss]));
        });
    }

    [Test]
    public void Append_WeightsOfOtherClasses_SaysHowMany() =>
        Assert.That(() => LossGraph.Append(SmallModels.Convolution(), "scores", new LossOptions { ClassWeights = [1, 2] }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("there are 2 class weights").And.Message.Contains("(?, 5)"));

    [Test]
    public void Append_UnknownLayer_NamesTheNearest() =>
        Assert.That(() => LossGraph.Append(SmallModels.Convolution(), "score", new LossOptions()),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'scores'"));

    [Test]
    public void Append_SenselessOptions_NamesEachFault() =>
        Assert.That(() => LossGraph.Append(SmallModels.Convolution(), "scores", new LossOptions { LabelSmoothing = 1, FocalGamma = -1 }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("LabelSmoothing").And.Message.Contains("FocalGamma"));

    private static double[] Moved(int i, double by) => [.. _scores.Select((score, j) => j == i ? score + by : score)];

    private static double Loss(LossOptions options, double[] scores, out double[] gradients)
    {
        var builder = new GraphBuilder("scores");
        builder.Constant("weights", [.. scores.Select(score => (float)score)], 2, 3);
        builder.Node("Identity", "scores", ["weights"]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "scores" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        var (model, loss, labels) = LossGraph.Append(new OnnxModel(proto, "scores"), "scores", options);
        var graph = GradientGraph.Build(model, new GradientRequest { Loss = loss, Trainable = ["weights"] });
        GradientCheck.AssertStandard(graph.Model);
        using var session = new NumberSession(graph.Model);
        var results = session.Run(new Dictionary<string, (double[], long[])> { ["weights"] = (scores, [2, 3]), [labels] = (_labels, [2, 3]) });
        gradients = results["grad/weights"].Values;
        return results[loss].Values.Single();
    }

    private static double Formula(LossOptions options, double[] scores) => options.Kind switch
    {
        LossKind.MeanSquaredError => scores.Zip(_labels, (z, t) => (z - t) * (z - t)).Average(),
        LossKind.BinaryCrossEntropy => scores.Select((z, i) => Binary(z, (_labels[i] * (1 - options.LabelSmoothing)) + (options.LabelSmoothing / 2), options.ClassWeights?[i % 3] ?? 1)).Average(),
        _ => Softmax(options, scores),
    };

    private static double Binary(double score, double target, double weight)
    {
        var yes = 1 / (1 + Math.Exp(-score));
        return (-weight * target * Math.Log(yes)) - ((1 - target) * Math.Log(1 - yes));
    }

    private static double Softmax(LossOptions options, double[] scores)
    {
        double sum = 0, weights = 0;
        foreach (var row in new[] { 0, 3 })
        {
            var total = scores.Skip(row).Take(3).Sum(Math.Exp);
            double loss = 0, weight = 0;
            for (var c = 0; c < 3; c++)
            {
                var p = Math.Exp(scores[row + c]) / total;
                var target = (_labels[row + c] * (1 - options.LabelSmoothing)) + (options.LabelSmoothing / 3);
                loss -= target * Math.Log(p) * (options.Kind == LossKind.Focal ? Math.Pow(1 - p, options.FocalGamma) : 1);
                weight += _labels[row + c] * (options.ClassWeights?[c] ?? 1);
            }

            sum += weight * loss;
            weights += weight;
        }

        return sum / weights;
    }
}
