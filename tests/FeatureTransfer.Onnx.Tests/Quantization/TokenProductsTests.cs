using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class TokenProductsTests
{
    private const int Channels = 6;
    private const int Outputs = 4;
    private static readonly float[] _weight = Random(Channels * Outputs, 11, -1, 1);
    private static readonly float[] _bias = Random(Outputs, 12, -1, 1);
    private static readonly float[][] _sample = [.. Enumerable.Range(0, 4).Select(seed => Random(3 * Channels, seed, -1, 2))];

    [Test]
    public void Apply_OneProduct_IsWhatPlainArithmeticGives()
    {
        var actual = Run(Made(Product()), _sample[0]);
        var (expected, steps) = Emulated(_sample[0], Factors());

        // A tie may round either way: never more than a step of one weight, and nearly always none.
        Assert.Multiple(() =>
        {
            for (var i = 0; i < actual.Length; i++)
                Assert.That(actual[i], Is.EqualTo(expected[i]).Within(steps[i]), $"{i}");
            Assert.That(actual.Zip(expected, (a, e) => Math.Abs(a - e)).Count(off => off > 1e-5), Is.LessThanOrEqualTo(1));
        });
    }

    [Test]
    public void Apply_Token_DoesNotDependOnThoseBesideIt()
    {
        var model = Made(Product());
        var alone = Run(model, _sample[1][..Channels]);
        float[] beside = [.. _sample[1][..Channels], .. Enumerable.Repeat(1000f, Channels)];
        Assert.That(Run(model, beside)[..Outputs], Is.EqualTo(alone));
    }

    [Test]
    public void Apply_TokenOfZeros_GivesTheBias() => Assert.That(Run(Made(Gemm(false)), new float[Channels]), Is.EqualTo(_bias));

    [Test]
    public void Apply_TokenThatIsNoNumber_StaysNone() =>
        Assert.That(Run(Made(Product()), [float.NaN, .. new float[Channels - 1]]), Is.All.NaN);

    [Test]
    public void Apply_Gemm_TransposedOrNot_IsNear([Values] bool transposed)
    {
        var model = Gemm(transposed);
        Assert.That(Run(Made(model), _sample[2]), Is.EqualTo(Run(model, _sample[2])).Within(0.05));
    }

    [Test]
    public void Apply_LargeChannel_TakesNoStepsFromTheOthers()
    {
        float[][] sample = [.. _sample.Select(row => row.Select((value, i) => i % Channels == 2 ? value * 300 : value).ToArray())];
        var plain = Emulated(sample[0], [.. Enumerable.Repeat(1f, Channels)]).Expected;
        var model = Product([.. _weight.Select((weight, i) => i / Outputs == 2 ? weight / 300 : weight)]);
        var exact = Run(model, sample[0]);
        var smooth = Run(Made(model, sample), sample[0]);
        Assert.Multiple(() =>
        {
            Assert.That(smooth, Is.EqualTo(exact).Within(0.1));
            Assert.That(plain.Zip(exact, (a, b) => Math.Abs(a - b)).Max(), Is.GreaterThan(1), "without factors it would be far off");
        });
    }

    [Test]
    public void Apply_ProductsOfOneTensor_ShareItsIntegersAndTheWeightsInFloatsAreGone()
    {
        var builder = Start();
        builder.Node("MatMul", "a", ["x", builder.Constant("w", _weight, Channels, Outputs)]);
        builder.Node("MatMul", "b", ["x", builder.Constant("v", Random(Channels * Outputs, 13, -1, 1), Channels, Outputs)]);
        builder.Node("Add", "y", ["a", "b"]);
        var model = Finish(builder);
        var made = Made(model).Proto.Graph;
        Assert.Multiple(() =>
        {
            Assert.That(made.Node.Count(node => node.OpType == "QuantizeLinear"), Is.EqualTo(1));
            Assert.That(made.Node.Count(node => node.OpType == "MatMulIntegerToFloat"), Is.EqualTo(2));
            Assert.That(made.Initializer.Select(tensor => tensor.Name), Has.None.EqualTo("w").And.None.EqualTo("v"));
            Assert.That(Run(Made(model), _sample[3]), Is.EqualTo(Run(model, _sample[3])).Within(0.1));
        });
    }

    [Test]
    public void Apply_ProductOfTwoTensors_StaysInFloats()
    {
        var builder = Start();
        builder.Node("MatMul", "states", ["x", builder.Constant("w", _weight, Channels, Outputs)]);
        builder.Node("MatMul", "y", ["states", builder.Node("Transpose", "turned", ["states"], GraphBuilder.Ints("perm", 0, 2, 1))]);
        Assert.That(Made(Finish(builder)).Proto.Graph.Node.Single(node => node.OpType == "MatMul").Output[0], Is.EqualTo("y"));
    }

    [Test]
    public void Apply_Original_StaysAsItIs()
    {
        var model = Product();
        var before = model.ToBytes();
        Made(model);
        Assert.That(model.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void Apply_NoProduct_SaysThatThereIsNone()
    {
        var builder = Start();
        builder.Node("Relu", "y", ["x"]);
        Assert.That(() => Made(Finish(builder)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no matrix product").And.Message.Contains("Stay with floats"));
    }

    [Test]
    public void Apply_EmptySample_SaysWhatToGive() =>
        Assert.That(() => Made(Product(), []), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("is empty"));

    [Test]
    public void Apply_TensorThatIsNotFinite_IsNamed([Values(float.NaN, float.PositiveInfinity)] float value) => Assert.That(
        () => Made(Product(), [[value, .. new float[Channels - 1]]]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'x' is not finite"));

    [TestCase(8f, 0.5f, ExpectedResult = 5.278f, Description = "8^0.7 / 0.5^0.3")]
    [TestCase(0f, 0.5f, ExpectedResult = 0.001f, Description = "a channel that was always zero")]
    [TestCase(1e9f, 0f, ExpectedResult = 1000f)]
    public float Factors_OfAChannel_WeighItAgainstItsWeights(float channel, float weight) => MathF.Round(Smoothing.Factors([channel], [weight])[0], 3);

    private static float[] Factors()
    {
        var channels = new float[Channels];
        for (var i = 0; i < Channels; i++)
            channels[i] = _sample.Max(row => Enumerable.Range(0, 3).Max(token => Math.Abs(row[(token * Channels) + i])));
        return Smoothing.Factors(channels, [.. Enumerable.Range(0, Channels).Select(i => _weight.AsSpan(i * Outputs, Outputs).ToArray().Max(Math.Abs))]);
    }

    // Integers throughout, as the kernels have them; a sum is scaled once.
    private static (float[] Expected, float[] Steps) Emulated(float[] x, float[] factors)
    {
        var (result, steps) = (new float[x.Length / Channels * Outputs], new float[x.Length / Channels * Outputs]);
        for (var i = 0; i < result.Length; i++)
        {
            var (token, output) = (i / Outputs, i % Outputs);
            var states = Enumerable.Range(0, Channels).Select(channel => x[(token * Channels) + channel] / factors[channel]).ToArray();
            var weights = Enumerable.Range(0, Channels).Select(channel => _weight[(channel * Outputs) + output] * factors[channel]).ToArray();
            var (largest, scale) = (states.Max(Math.Abs), weights.Max(Math.Abs) / 127);
            var sum = Enumerable.Range(0, Channels).Sum(channel => (int)MathF.Round(states[channel] / largest * 127) * (int)MathF.Round(weights[channel] / scale));
            (result[i], steps[i]) = (sum * largest / 127 * scale, 127 * largest / 127 * scale * 1.01f);
        }

        return (result, steps);
    }

    private static OnnxModel Made(OnnxModel model, float[][]? sample = null) => TokenProducts.Apply(model, Inputs(sample ?? _sample), default).Model;

    private static IEnumerable<IReadOnlyDictionary<string, OrtValue>> Inputs(float[][] sample)
    {
        foreach (var row in sample)
        {
            using var value = OrtValue.CreateTensorValueFromMemory(row, [1, row.Length / Channels, Channels]);
            yield return new Dictionary<string, OrtValue> { ["x"] = value };
        }
    }

    private static float[] Run(OnnxModel model, float[] tokens) => Onnxes.Run(model, tokens, [1, tokens.Length / Channels, Channels])["y"];

    private static GraphBuilder Start()
    {
        var builder = new GraphBuilder("tokens");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, -1, Channels));
        return builder;
    }

    /// <summary>x (batch, tokens, channels) -> y (batch, tokens, outputs).</summary>
    private static OnnxModel Product(float[]? weight = null)
    {
        var builder = Start();
        builder.Node("MatMul", "y", ["x", builder.Constant("w", weight ?? _weight, Channels, Outputs)]);
        return Finish(builder);
    }

    /// <summary>The same with a bias, of tokens in a list (tokens, channels).</summary>
    private static OnnxModel Gemm(bool transposed)
    {
        var builder = Start();
        float[] turned = [.. Enumerable.Range(0, _weight.Length).Select(i => _weight[(i % Channels * Outputs) + (i / Channels)])];
        var weight = transposed ? builder.Constant("w", turned, Outputs, Channels) : builder.Constant("w", _weight, Channels, Outputs);
        var list = builder.Node("Reshape", "list", ["x", builder.Constant("shape", [-1L, Channels], 2)]);
        builder.Node("Gemm", "y", [list, weight, builder.Constant("b", _bias, Outputs)], GraphBuilder.Int("transB", transposed ? 1 : 0));
        return Finish(builder);
    }

    private static OnnxModel Finish(GraphBuilder builder)
    {
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        return new OnnxModel(proto, builder.Graph.Name);
    }

    private static float[] Random(int count, int seed, float from, float to)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => from + (random.NextSingle() * (to - from)))];
    }
}
