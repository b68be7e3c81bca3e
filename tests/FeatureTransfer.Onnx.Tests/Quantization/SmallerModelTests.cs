using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class SmallerModelTests
{
    // Whole numbers up to 127, one of them 127 in each channel, and inputs 0 to 255: both scales are 1, so integers are exact.
    private static readonly float[] _weight = [.. Enumerable.Range(0, 512).Select(i => i < 16 ? 127f : (i * 37 % 255) - 127f)];
    private static readonly float[] _input = [.. Enumerable.Range(0, 32).Select(i => i == 0 ? 0f : i == 1 ? 255f : (float)(i * 8))];

    [Test]
    public void Int8_MatMulOfWholeNumbers_IsExact() => AssertExact(b => b.Node("MatMul", "y", ["x", b.Constant("w", _weight, 32, 16)]), "MatMulInteger");

    [Test]
    public void Int8_GemmWithBias_IsExact() => AssertExact(
        b => b.Node("Gemm", "y", ["x", b.Constant("w", _weight, 32, 16), b.Constant("bias", [.. Enumerable.Range(0, 16).Select(i => i - 7.5f)], 16)]), "MatMulInteger");

    [Test]
    public void Int8_GemmTransposed_IsExact() => AssertExact(
        b => b.Node("Gemm", "y", ["x", b.Constant("w", Transposed(_weight, 32, 16), 16, 32)], GraphBuilder.Int("transB", 1)), "MatMulInteger");

    [Test]
    public void Int8_ConvWithBiasAndPads_IsExact()
    {
        var weight = Enumerable.Range(0, 4 * 8 * 9).Select(i => i % 72 == 0 ? 127f : (i * 31 % 255) - 127f).ToArray();
        AssertExact(
            b => b.Node(
                "Conv",
                "y",
                [
                    b.Node("Reshape", "image", ["x", b.Constant("s", [1L, 8L, 2L, 2L], 4)]),
                    b.Constant("w", weight, 4, 8, 3, 3),
                    b.Constant("bias", [1f, 2f, 3f, 4f], 4),
                ],
                GraphBuilder.Ints("pads", 1, 1, 1, 1)),
            "ConvInteger");
    }

    [Test]
    public void Int8_AnyWeights_IsOffByNoMoreThanTheSteps()
    {
        var random = new Random(3);
        var weight = Enumerable.Range(0, 512).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var input = Enumerable.Range(0, 32).Select(_ => (random.NextSingle() * 4) - 1).ToArray();
        var model = Model(b => b.Node("MatMul", "y", ["x", b.Constant("w", weight, 32, 16)]));
        var exact = Onnxes.Run(model, input, [1, 32])["y"];

        // Half a step of each factor at most: 4 / 255 for the inputs, 0.5 / 127 for the weights.
        var bound = 32 * ((2f / 255 * 0.5f) + (0.25f / 127 * 3) + (2f / 255 * 0.25f / 127));
        Assert.That(Onnxes.Run(SmallerModel.Make(model, WeightFormat.Int8), input, [1, 32])["y"], Is.EqualTo(exact).Within(bound));
    }

    [Test]
    public void Int8_TwoProductsOfOneTensor_QuantizeItOnceAndDropTheFloats()
    {
        var small = SmallerModel.Make(Model(b => b.Node("Add", "y", [b.Node("MatMul", "a", ["x", b.Constant("w", _weight, 32, 16)]), b.Node("MatMul", "b", ["x", "w"])])), WeightFormat.Int8);
        Assert.Multiple(() =>
        {
            Assert.That(small.Proto.Graph.Node.Count(node => node.OpType == "DynamicQuantizeLinear"), Is.EqualTo(1));
            Assert.That(small.Proto.Graph.Initializer.Select(tensor => tensor.Name), Has.None.EqualTo("w"));
            Assert.That(small.TensorNames, Is.SupersetOf(new[] { "a", "b", "y" }));
        });
    }

    [Test]
    public void Int8_GroupedConvolutionOnly_SaysThatThereIsNothingToDo() => Assert.That(
        () => SmallerModel.Make(
            Model(b => b.Node("Conv", "y", [b.Node("Reshape", "image", ["x", b.Constant("s", [1L, 32L, 1L, 1L], 4)]), b.Constant("w", new float[32 * 9], 32, 1, 3, 3)], GraphBuilder.Int("group", 32), GraphBuilder.Ints("pads", 1, 1, 1, 1))),
            WeightFormat.Int8),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Use fp16"));

    [Test]
    public void Int8_OldOperatorSet_IsRaised()
    {
        var model = Model(b => b.Node("MatMul", "y", ["x", b.Constant("w", _weight, 32, 16)]));
        model.Proto.OpsetImport[0].Version = 10;
        var small = SmallerModel.Make(model, WeightFormat.Int8);
        Assert.Multiple(() =>
        {
            Assert.That(small.Proto.OpsetImport[0].Version, Is.EqualTo(18));
            Assert.That(small.Proto.Graph.Node.Select(node => node.OpType), Has.Member("MatMulInteger"));
            Assert.That(model.Proto.OpsetImport[0].Version, Is.EqualTo(10), "the original stays as it is");
            Assert.That(() => Onnxes.Run(small, new float[32], [1, 32]), Throws.Nothing);
        });
    }

    [Test]
    public void Fp16_NumbersThatFit_AreExactAndHalfAsLarge()
    {
        var weight = Enumerable.Range(0, 32 * 64).Select(i => (i % 200) - 100 + 0.5f).ToArray();
        var model = Model(b => b.Node("MatMul", "y", ["x", b.Constant("w", weight, 32, 64)]));
        var half = SmallerModel.Make(model, WeightFormat.Fp16);
        Assert.Multiple(() =>
        {
            Assert.That(Onnxes.Run(half, _input, [1, 32])["y"], Is.EqualTo(Onnxes.Run(model, _input, [1, 32])["y"]));
            Assert.That(half.ToBytes(), Has.Length.LessThan(model.ToBytes().Length * 0.55));
        });
    }

    [Test]
    public void Fp16_NumberThatDoesNotFit_KeepsItsTensor()
    {
        var weight = new float[32 * 64];
        weight[5] = 70000;
        var half = SmallerModel.Make(Model(b => b.Node("MatMul", "y", ["x", b.Constant("w", weight, 32, 64)])), WeightFormat.Fp16);
        Assert.That(half.Proto.Graph.Initializer.Single().DataType, Is.EqualTo((int)TensorProto.Types.DataType.Float));
    }

    private static void AssertExact(Action<GraphBuilder> build, string op)
    {
        var model = Model(build);
        var small = SmallerModel.Make(model, WeightFormat.Int8);
        Assert.Multiple(() =>
        {
            Assert.That(small.Proto.Graph.Node.Select(node => node.OpType), Has.One.EqualTo(op));
            Assert.That(Onnxes.Run(small, _input, [1, 32])["y"], Is.EqualTo(Onnxes.Run(model, _input, [1, 32])["y"]).Within(1e-2));
        });
    }

    private static float[] Transposed(float[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, columns).SelectMany(column => Enumerable.Range(0, rows).Select(row => values[(row * columns) + column]))];

    /// <summary>x (1, 32) -> y.</summary>
    private static OnnxModel Model(Action<GraphBuilder> build)
    {
        var builder = new GraphBuilder("product");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 32));
        build(builder);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "product");
    }
}
