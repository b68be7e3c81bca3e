using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Variants;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.Variants;

/// <summary>Batch normalizations of a small network, whose means and variances follow from its weights and the images.</summary>
public class NormalizationAdaptationTests
{
    private const int Images = 6, Pixels = 4;

    // (images, 1, 2, 2)
    private static readonly float[] _batch = [.. Enumerable.Range(0, Images * Pixels).Select(i => (i * 7 % 11) + (i / 3f))];

    /// <summary>x -> 2x + 1 -> bn1 (scale 3, offset 1) -> relu -> 5x -> bn2: by hand.</summary>
    [Test]
    public void Apply_TwoNormalizations_AreThoseOfTheImagesOneBehindTheOther()
    {
        var adapted = NormalizationAdaptation.Apply(Network(folded: false, batch: 1), _batch, [1, 2, 2]);
        double[] first = [.. _batch.Select(value => (2.0 * value) + 1)];
        double[] second = [.. first.Select(value => 5 * Math.Max(0, (3 * (value - first.Average()) / Math.Sqrt(Variance(first) + 1e-5)) + 1))];
        var stored = adapted.Proto.Graph.Initializer.ToDictionary(tensor => tensor.Name, tensor => BitConverter.ToSingle(tensor.RawData.Span));
        Assert.Multiple(() =>
        {
            Assert.That(stored["bn1.mean"], Is.EqualTo(first.Average()).Within(1e-3));
            Assert.That(stored["bn1.var"], Is.EqualTo(Variance(first)).Within(1e-2));
            Assert.That(stored["bn2.mean"], Is.EqualTo(second.Average()).Within(1e-3));
            Assert.That(stored["bn2.var"], Is.EqualTo(Variance(second)).Within(1e-2));
            Assert.That((stored["bn1.scale"], stored["bn1.offset"]), Is.EqualTo((3f, 1f)), "what was learned stays");
        });

        // And what comes out has mean 0 and variance 1 over these images.
        using var session = new InferenceSession(adapted.ToBytes());
        using var input = OrtValue.CreateTensorValueFromMemory(_batch, [Images, 1, 2, 2]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["x"], [input], ["bn2"]);
        double[] answers = [.. results[0].GetTensorDataAsSpan<float>().ToArray().Select(value => (double)value)];
        Assert.That((answers.Average(), Variance(answers)), Is.EqualTo((0.0, 1.0)).Using<double>((a, b) => Math.Abs(a - b) < 1e-3));
    }

    [Test]
    public void Apply_FoldedNormalizations_AreRefusedAndSayWhatToDo() => Assert.That(
        () => NormalizationAdaptation.Apply(Network(folded: true, batch: 1), _batch, [1, 2, 2]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("net: has no batch normalization").And.Message.Contains("folded").And.Message.Contains("AdaptFeatures"));

    [Test]
    public void Apply_TheModelThatIsGiven_StaysAsItWas()
    {
        var network = Network(folded: false, batch: 1);
        var before = network.ToBytes();
        NormalizationAdaptation.Apply(network, _batch, [1, 2, 2]);
        Assert.That(network.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void Validate_Faults_AreAllNamed() => Assert.That(
        () => new NormalizationOptions { Backbone = "", Sample = ["a.png"], Tag = "a b", MaximumImages = 1 }.Validate(),
        Throws.ArgumentException.With.Message.Contains("Backbone is empty").And.Message.Contains("Sample has 1").And.Message.Contains("Tag is 'a b'").And.Message.Contains("MaximumImages is 1"));

    private static double Variance(double[] values) => values.Average(value => Math.Pow(value - values.Average(), 2));

    private static OnnxModel Network(bool folded, int batch)
    {
        var builder = new GraphBuilder("net");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), batch, 1, 2, 2));
        var last = builder.Node("Conv", "conv1", ["x", builder.Constant("conv1.weight", [2f], 1, 1, 1, 1), builder.Constant("conv1.bias", [1f], 1)]);
        last = builder.Node("Relu", "relu1", [folded ? last : Norm("bn1", last, 3, 1)]);
        last = builder.Node("Conv", "conv2", [last, builder.Constant("conv2.weight", [5f], 1, 1, 1, 1)]);
        if (!folded)
            last = Norm("bn2", last, 1, 0);
        builder.Graph.Output.Add(new ValueInfoProto { Name = last });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        return new OnnxModel(proto, "net");

        string Norm(string name, string input, float scale, float offset) => builder.Node("BatchNormalization", name, [input, builder.Constant($"{name}.scale", [scale], 1), builder.Constant($"{name}.offset", [offset], 1), builder.Constant($"{name}.mean", [0f], 1), builder.Constant($"{name}.var", [1f], 1)]);
    }
}
