using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class StaticProductsTests
{
    private static readonly long[] _row = [3, 4, 4];
    private static readonly StaticQuantizationOptions _minMax = new() { Method = CalibrationMethod.MinMax };
    private static readonly float[][] _sample = [.. Enumerable.Range(0, 4).Select(seed => Random(48, seed, -1, 2))];
    private static readonly float[] _weight = Random(2 * 3, 11, -1, 1);
    private static readonly float[] _bias = [0.3f, -0.2f];

    [Test]
    public void Apply_OneConvolution_IsWhatPlainArithmeticGives()
    {
        var made = StaticProducts.Apply(Model(), _sample, _row, _minMax, [], default).Model;
        var (input, output) = (new ActivationRange(_sample.Min(row => row.Min()), _sample.Max(row => row.Max())), Output());
        var actual = Onnxes.Run(made, _sample[0], [1, .. _row])["relu"];
        var expected = Emulated(_sample[0], input, output);

        // A tie may round either way: never more than a step, and nearly always none.
        Assert.Multiple(() =>
        {
            Assert.That(actual, Is.EqualTo(expected).Within(output.Scale * 1.01));
            Assert.That(actual.Zip(expected, (a, e) => Math.Abs(a - e)).Count(off => off > output.Scale / 2), Is.LessThanOrEqualTo(1));
        });
    }

    [Test]
    public void Apply_Convolution_HasAScaleAChannelAndABiasInProductsOfBoth()
    {
        var graph = StaticProducts.Apply(Model(), _sample, _row, _minMax, [], default).Model.Proto.Graph;
        var weight = graph.Initializer.Single(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int8 && tensor.Dims.Count == 4);
        var scales = FloatTensors.Read(graph.Initializer.Single(tensor => tensor.Name == Dequantizing(graph, weight.Name).Input[1]));
        var bias = graph.Initializer.First(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int32 && tensor.RawData.Span.IndexOfAnyExcept((byte)0) >= 0);
        var biasScales = FloatTensors.Read(graph.Initializer.Single(tensor => tensor.Name == Dequantizing(graph, bias.Name).Input[1]));
        var inputScale = new ActivationRange(_sample.Min(row => row.Min()), _sample.Max(row => row.Max())).Scale;
        Assert.Multiple(() =>
        {
            Assert.That(scales, Is.EqualTo(new[] { _weight[..3].Max(Math.Abs) / 127, _weight[3..].Max(Math.Abs) / 127 }).Within(1e-7));
            Assert.That(biasScales, Is.EqualTo(scales.Select(scale => scale * inputScale)).Within(1e-9));
            Assert.That(graph.Initializer.Select(tensor => tensor.Name), Has.None.EqualTo("w"), "the floats are gone");
        });
    }

    [Test]
    public void Apply_OperatorSet8_IsRaisedAndNormalizationIsFolded()
    {
        var model = Model(normalized: true);
        model.Proto.OpsetImport[0].Version = 8;
        var made = StaticProducts.Apply(model, _sample, _row, _minMax, [], default).Model;
        Assert.Multiple(() =>
        {
            Assert.That(made.Proto.OpsetImport.Single(set => set.Domain.Length == 0).Version, Is.EqualTo(18));
            Assert.That(made.Proto.Graph.Node.Select(node => node.OpType), Has.None.EqualTo("BatchNormalization"));
            Assert.That(model.Proto.OpsetImport[0].Version, Is.EqualTo(8), "the original stays as it is");
            Assert.That(Onnxes.Run(made, _sample[1], [1, .. _row])["relu"], Is.EqualTo(Onnxes.Run(model, _sample[1], [1, .. _row])["relu"]).Within(0.05));
        });
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Apply_OnlyProductKept_SaysThatNothingIsLeft(bool first, bool last) => Assert.That(
        () => StaticProducts.Apply(Model(), _sample, _row, new StaticQuantizationOptions { KeepFirst = first, KeepLast = last }, [], default),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Stay with floats"));

    [Test]
    public void Apply_Gemm_TransposedOrNot_IsNear([Values] bool transposed)
    {
        var builder = new GraphBuilder("dense");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 4, 4));
        var weight = builder.Constant("w", Random(48 * 5, 5, -1, 1), transposed ? [5, 48] : [48, 5]);
        builder.Node("Gemm", "relu", [builder.Node("Flatten", "flat", ["x"]), weight, builder.Constant("b", Random(5, 6, -1, 1), 5)], GraphBuilder.Int("transB", transposed ? 1 : 0));
        var model = Finish(builder);
        var made = StaticProducts.Apply(model, _sample, _row, _minMax, [], default).Model;
        Assert.That(Onnxes.Run(made, _sample[2], [1, .. _row])["relu"], Is.EqualTo(Onnxes.Run(model, _sample[2], [1, .. _row])["relu"]).Within(0.15));
    }

    [Test]
    public void Apply_EmptySample_SaysWhatToGive() => Assert.That(
        () => StaticProducts.Apply(Model(), [], _row, _minMax, [], default),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("is empty"));

    [Test]
    public void Apply_TensorThatIsNotFinite_IsNamed() => Assert.That(
        () => StaticProducts.Apply(Model(), [[.. Enumerable.Repeat(float.PositiveInfinity, 48)]], _row, _minMax, [], default),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'x' is not finite"));

    private static NodeProto Dequantizing(GraphProto graph, string tensor) => graph.Node.Single(node => node.OpType == "DequantizeLinear" && node.Input[0] == tensor);

    private static ActivationRange Output() => new(0, _sample.Max(row => Plain(row).Max()));

    private static float[] Plain(float[] x) => [.. from channel in Enumerable.Range(0, 2)
                                                   from place in Enumerable.Range(0, 16)
                                                   select Math.Max(0, _bias[channel] + Enumerable.Range(0, 3).Sum(i => _weight[(channel * 3) + i] * x[(i * 16) + place]))];

    // Integers throughout, as the kernels have them; the sum is scaled once.
    private static float[] Emulated(float[] x, ActivationRange input, ActivationRange output)
    {
        var result = new float[32];
        for (var channel = 0; channel < 2; channel++)
        {
            var scale = _weight.AsSpan(channel * 3, 3).ToArray().Max(Math.Abs) / 127;
            for (var place = 0; place < 16; place++)
            {
                var sum = (int)Math.Round(_bias[channel] / ((double)input.Scale * scale));
                for (var i = 0; i < 3; i++)
                {
                    var q = Math.Clamp((int)MathF.Round(x[(i * 16) + place] / input.Scale) + input.ZeroPoint, 0, 255);
                    sum += (q - input.ZeroPoint) * (int)MathF.Round(_weight[(channel * 3) + i] / scale);
                }

                var level = Math.Clamp((int)MathF.Round(sum * (input.Scale * scale / output.Scale)) + output.ZeroPoint, 0, 255);
                result[(channel * 16) + place] = (level - output.ZeroPoint) * output.Scale;
            }
        }

        return result;
    }

    /// <summary>x (batch, 3, 4, 4) -> conv, 1 x 1 to two channels -> relu.</summary>
    private static OnnxModel Model(bool normalized = false)
    {
        var builder = new GraphBuilder("one");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 4, 4));
        var tensor = builder.Node("Conv", "conv", ["x", builder.Constant("w", _weight, 2, 3, 1, 1), builder.Constant("b", _bias, 2)]);
        if (normalized)
            tensor = builder.Node("BatchNormalization", "normal", [tensor, builder.Constant("scale", [2f, 0.5f], 2), builder.Constant("shift", [0.1f, 0.2f], 2), builder.Constant("mean", [0.3f, -0.1f], 2), builder.Constant("variance", [1f, 2f], 2)]);
        builder.Node("Relu", "relu", [tensor]);
        return Finish(builder);
    }

    private static OnnxModel Finish(GraphBuilder builder)
    {
        builder.Graph.Output.Add(new ValueInfoProto { Name = "relu" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, builder.Graph.Name);
    }

    private static float[] Random(int count, int seed, float from, float to)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => from + (random.NextSingle() * (to - from)))];
    }
}
