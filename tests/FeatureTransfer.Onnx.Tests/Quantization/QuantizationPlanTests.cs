using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class QuantizationPlanTests
{
    [TestCase("Relu", "y")]
    [TestCase("Clip", "y")]
    [TestCase("Sigmoid", "a")]
    public void Convolution_BeforeABound_HasTheRangeBehindIt(string op, string measured)
    {
        var plan = Plan(b => b.Node(op, "y", [Convolution(b, "x", "a")]));
        Assert.That(plan.Calibrated, Is.EquivalentTo(new[] { "x", measured }));
    }

    [Test]
    public void Convolution_ThatIsAnOutputOrReadTwice_HasARangeOfItsOwn()
    {
        var output = Plan(b => b.Node("Relu", "y", [Convolution(b, "x", "a")]), null, "a", "y");
        var readTwice = Plan(b =>
        {
            b.Node("Relu", "y", [Convolution(b, "x", "a")]);
            b.Node("Neg", "z", ["a"]);
        });
        Assert.Multiple(() =>
        {
            Assert.That(output.Calibrated, Is.EquivalentTo(new[] { "x", "a" }));
            Assert.That(readTwice.Calibrated, Is.EquivalentTo(new[] { "x", "a" }));
        });
    }

    [TestCase("SpaceToDepth", ExpectedResult = "x")]
    [TestCase("Transpose", ExpectedResult = "r")]
    public string? Product_OfARearrangedTensor_SaysWhichIsMeasured(string op)
    {
        var plan = Plan(b => Convolution(b, b.Node(op, "r", ["x"]), "y"));
        Assert.That(plan.Calibrated, Has.Count.EqualTo(2).And.Contains("y"));
        return plan.RangeOf("r");
    }

    [Test]
    public void MatrixProduct_Output_StaysInFloats()
    {
        var plan = Plan(b => b.Node("MatMul", "y", ["x", b.Constant("w", [1f], 1, 1)]));
        Assert.Multiple(() =>
        {
            Assert.That(plan.Calibrated, Is.EquivalentTo(new[] { "x" }));
            Assert.That(plan.RangeOf("y"), Is.Null);
        });
    }

    [TestCase("Add", ExpectedResult = "y")]
    [TestCase("Mul", ExpectedResult = "y")]
    [TestCase("Concat", ExpectedResult = "y")]
    [TestCase("AveragePool", ExpectedResult = "y")]
    [TestCase("GlobalAveragePool", ExpectedResult = "y")]
    [TestCase("Sub", ExpectedResult = null)]
    public string? Join_OfQuantizedTensors_IsQuantized(string op) => Plan(b => b.Node(op, "y", [Convolution(b, "x", "a"), "a"])).RangeOf("y");

    [Test]
    public void Join_WithATensorInFloats_StaysInFloats() =>
        Assert.That(Plan(b => b.Node("Add", "y", [Convolution(b, "x", "a"), b.Node("Sigmoid", "s", ["x"])])).RangeOf("y"), Is.Null);

    [Test]
    public void Join_BeforeABound_HasTheRangeBehindIt()
    {
        var plan = Plan(b => b.Node("Relu", "y", [b.Node("Add", "sum", [Convolution(b, "x", "a"), "x"])]));
        Assert.That((plan.RangeOf("sum"), plan.RangeOf("y")), Is.EqualTo(((string?)null, "y")));
    }

    [TestCase("MaxPool", ExpectedResult = "a")]
    [TestCase("Flatten", ExpectedResult = "a")]
    [TestCase("Reshape", ExpectedResult = "a")]
    [TestCase("Transpose", ExpectedResult = "a")]
    [TestCase("Squeeze", ExpectedResult = "a")]
    [TestCase("Unsqueeze", ExpectedResult = "a")]
    [TestCase("Pad", ExpectedResult = null)]
    public string? Move_OfAQuantizedTensor_HasItsRange(string op) => Plan(b => b.Node(op, "y", [Convolution(b, "x", "a")])).RangeOf("y");

    [Test]
    public void Move_BeforeAProduct_IsNotMeasured()
    {
        var plan = Plan(b => Convolution(b, b.Node("Transpose", "t", [b.Node("MaxPool", "m", [Convolution(b, "x", "a")])]), "y"));
        Assert.Multiple(() =>
        {
            Assert.That(plan.Calibrated, Is.EquivalentTo(new[] { "x", "a", "y" }));
            Assert.That((plan.RangeOf("m"), plan.RangeOf("t")), Is.EqualTo(("a", "a")));
        });
    }

    [Test]
    public void Move_OfFloatsOrWithIndices_StaysInFloats()
    {
        var plan = Plan(b =>
        {
            b.Node("Flatten", "f", [b.Node("Sigmoid", "s", [Convolution(b, "x", "a")])]);
            b.Node("MaxPool", "m", ["a"]);
            b.Graph.Node[^1].Output.Add("indices");
        });
        Assert.That((plan.RangeOf("f"), plan.RangeOf("m")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase(false, false, "a b y")]
    [TestCase(true, false, "b y")]
    [TestCase(false, true, "a b")]
    [TestCase(true, true, "b")]
    public void Products_KeptOnes_AreLeftOut(bool first, bool last, string products)
    {
        var plan = Plan(b => Convolution(b, Convolution(b, Convolution(b, "x", "a"), "b"), "y"), new StaticQuantizationOptions { KeepFirst = first, KeepLast = last });
        Assert.Multiple(() =>
        {
            Assert.That(plan.Products.Keys.Select(node => node.Output[0]), Is.EqualTo(products.Split(' ')));
            Assert.That(plan.RangeOf("x"), first ? Is.Null : Is.EqualTo("x"));
        });
    }

    private static string Convolution(GraphBuilder builder, string input, string output) =>
        builder.Node("Conv", output, [input, builder.Constant($"{output}/w", [1f], 1, 1, 1, 1)]);

    private static QuantizationPlan Plan(Action<GraphBuilder> build, StaticQuantizationOptions? options = null, params string[] outputs)
    {
        var builder = new GraphBuilder("plan");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 1, 4, 4));
        build(builder);
        builder.Graph.Output.AddRange((outputs.Length > 0 ? outputs : ["y"]).Select(name => new ValueInfoProto { Name = name }));
        return new QuantizationPlan(builder.Graph, options ?? new StaticQuantizationOptions());
    }
}
