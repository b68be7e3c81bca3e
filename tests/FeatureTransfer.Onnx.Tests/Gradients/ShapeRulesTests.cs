using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>The shapes of single nodes; a wrong one can show in the speed of a training graph only, not in its gradients.</summary>
public class ShapeRulesTests
{
    private static readonly string[] _broadcasting =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "Mean", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor",
    ];

    private static readonly string[] _keeping =
    [
        "Neg", "Abs", "Sign", "Exp", "Log", "Sqrt", "Reciprocal", "Sigmoid", "Tanh", "Erf", "Relu", "Clip", "Cast", "Not", "Identity", "Softmax", "LogSoftmax",
        "HardSigmoid", "Floor", "ScatterElements", "ScatterND", "Cos", "Sin",
    ];

    private static readonly string[] _reducing = ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceSumSquare"];

    [TestCaseSource(nameof(_broadcasting))]
    public void Infer_ElementwiseOperator_BroadcastsBothInputs(string op) => Assert.That(Infer(op, [[2, 1, 3], [4, 1]]), Is.EqualTo(new long[] { 2, 4, 3 }));

    [TestCaseSource(nameof(_keeping))]
    public void Infer_OperatorOnOneTensor_KeepsTheShapeOfTheFirstInput(string op) => Assert.That(Infer(op, [[2, 5], [9]]), Is.EqualTo(new long[] { 2, 5 }));

    [TestCaseSource(nameof(_reducing))]
    public void Infer_Reduction_KeepsOrDropsItsAxes(string op)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Infer(op, [[2, 3, 4], null], [null, [-1, 0]]), Is.EqualTo(new long[] { 1, 3, 1 }));
            Assert.That(Infer(op, [[2, 3, 4], null], [null, [1]], GraphBuilder.Int("keepdims", 0)), Is.EqualTo(new long[] { 2, 4 }));
            Assert.That(Infer(op, [[2, 3, 4]], [], GraphBuilder.Int("keepdims", 0)), Is.Empty, "every axis where none is named");
            Assert.That(Infer(op, [[2, 3, 4]]), Is.EqualTo(new long[] { 1, 1, 1 }));
            Assert.That(Infer(op, [[2, 3, 4], null], [null, null]), Is.Null, "axes that are computed");
            Assert.That(Infer(op, [null], []), Is.Null);
        }
    }

    [Test]
    public void Infer_Where_BroadcastsAllThree() => Assert.That(Infer("Where", [[3, 1], [1, 4], [2, 1, 1]]), Is.EqualTo(new long[] { 2, 3, 4 }));

    [TestCaseSource(nameof(Shaping))]
    public void Infer_ShapingOperator_FollowsItsDefinition(string op, long[]?[] shapes, long[]?[] numbers, object[] attributes, long[]? expected) =>
        Assert.That(Infer(op, shapes, numbers, [.. attributes.Cast<AttributeProto>()]), Is.EqualTo(expected));

    [TestCase("Add"), TestCase("Transpose"), TestCase("MatMul"), TestCase("Concat"), TestCase("Shape"), TestCase("Neg")]
    public void Infer_InputOfUnknownShape_IsUnknown(string op) => Assert.That(Infer(op, [[2, 3], null]) is null || Infer(op, [null, [2, 3]]) is null, Is.True);

    [Test]
    public void Infer_NoSuchRule_IsUnknown()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Infer("NonZero", [[2, 3]]), Is.Null);
            Assert.That(Infer("Neg", []), Is.Null, "no input at all");
            Assert.That(ShapeRules.Infer(new NodeProto { OpType = "Neg", Input = { "" } }, _ => [1], _ => [1]), Is.Null, "an input left out");
            Assert.That(ShapeRules.Infer(new NodeProto { OpType = "ConstantOfShape", Input = { "" } }, _ => [1], _ => [1]), Is.Null, "numbers left out");
            Assert.That(Infer("ConstantOfShape", [], []), Is.Null, "no numbers at all");
        }
    }

    [Test]
    public void Infer_OperatorOfOurOwn_AsksTheOperator()
    {
        var node = new NodeProto { OpType = PassedGradient.OperatorName, Domain = KernelOperators.Domain, Input = { "i0", "i1" }, Attribute = { GraphBuilder.Ints(KernelNode.Attribute, 0) } };
        Assert.That(ShapeRules.Infer(node, _ => [2, 7], _ => null), Is.EqualTo(new long[] { 2, 7 }));
    }

    [Test]
    public void Infer_AnyNode_LeavesTheShapesOfItsInputsAlone()
    {
        long[] left = [2, 1, 3], right = [4, 1], sizes = [0, -1];
        Infer("Add", [left, right]);
        Infer("Concat", [left, [2, 5, 3]], [], GraphBuilder.Int("axis", 1));
        Infer("Reshape", [left, null], [null, sizes]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left, Is.EqualTo(new long[] { 2, 1, 3 }));
            Assert.That(right, Is.EqualTo(new long[] { 4, 1 }));
            Assert.That(sizes, Is.EqualTo(new long[] { 0, -1 }));
        }
    }

    [Test]
    public void FromFront_AxesFromTheBack_AreCountedFromTheFront() => Assert.That(ShapeRules.FromFront([-1, 0, 2, -4], 4), Is.EqualTo(new long[] { 3, 0, 2, 0 }));

    private static IEnumerable<TestCaseData> Shaping()
    {
        yield return Case("Transpose", [[2, 3, 4]], [], [4, 3, 2]);
        yield return Case("Transpose", [[2, 3, 4]], [], [3, 4, 2], GraphBuilder.Ints("perm", 1, 2, 0));
        yield return Case("MatMul", [[2, 1, 3, 4], [5, 4, 6]], [], [2, 5, 3, 6]);
        yield return Case("MatMul", [[3, 4], [4, 6]], [], [3, 6]);
        yield return Case("MatMul", [[4], [4, 6]], [], null);
        yield return Case("MatMul", [[3, 4], [4]], [], null);
        yield return Case("Reshape", [[2, 3, 4], null], [null, [0, -1]], [2, 12]);
        yield return Case("Reshape", [[2, 3, 4], null], [null, [4, 6]], [4, 6]);
        yield return Case("Reshape", [[2, 3, 4], null], [null, [-1, 8]], [3, 8]);
        yield return Case("Reshape", [[0, 4], null], [null, [0, -1]], [0, 0]);
        yield return Case("Reshape", [[2, 0], null], [null, [0, 5]], [0, 5], GraphBuilder.Int("allowzero", 1));
        yield return Case("Reshape", [null, null], [null, [4, 6]], null);
        yield return Case("Reshape", [[2, 3], null], [null, null], null);
        yield return Case("Expand", [[3, 1], null], [null, [2, 1, 4]], [2, 3, 4]);
        yield return Case("Expand", [[3, 1], null], [null, null], null);
        yield return Case("Expand", [null, null], [null, [3, 4]], null);
        yield return Case("Unsqueeze", [[2, 3], null], [null, [-1, 0]], [1, 2, 3, 1]);
        yield return Case("Unsqueeze", [[2, 3], null], [null, [1, -2]], [2, 1, 1, 3]);
        yield return Case("Unsqueeze", [[2, 3], null], [null, null], null);
        yield return Case("Unsqueeze", [null, null], [null, [0]], null);
        yield return Case("Squeeze", [[1, 2, 1], null], [null, [-1]], [1, 2]);
        yield return Case("Squeeze", [[1, 2, 1], null], [null, [0, 2]], [2]);
        yield return Case("Squeeze", [[1, 2, 1]], [], null);
        yield return Case("Squeeze", [null, null], [null, [0]], null);
        yield return Case("Concat", [[2, 3], [4, 3]], [], [6, 3]);
        yield return Case("Concat", [[2, 3], [2, 1], [2, 2]], [], [2, 6], GraphBuilder.Int("axis", -1));
        yield return Case("Concat", [[2, 3], null], [], null);
        yield return Case("Pad", [[2, 3], null], [null, [0, 1, 2, 5]], [4, 9]);
        yield return Case("Pad", [[2, 3], null, [1]], [null, [0, 1, 2, 5]], [4, 9]);
        yield return Case("Pad", [[2, 3], null, [1], [1]], [null, [0, 1, 2, 5]], null);
        yield return Case("Pad", [[2, 3], null], [null, null], null);
        yield return Case("Pad", [null, null], [null, [0, 1, 2, 5]], null);
        yield return Case("Shape", [[2, 3, 4]], [], [3]);
        yield return Case("ConstantOfShape", [null], [[2, 5]], [2, 5]);
        yield return Case("ConstantOfShape", [[2]], [], null);
    }

    private static TestCaseData Case(string op, long[]?[] shapes, long[]?[] numbers, long[]? expected, params AttributeProto[] attributes) =>
        new TestCaseData(op, shapes, numbers, attributes.Cast<object>().ToArray(), expected).SetArgDisplayNames(
            op, string.Join(' ', shapes.Zip(numbers.Concat(Enumerable.Repeat<long[]?>(null, shapes.Length)), (shape, values) => $"({Show(shape)}){(values is null ? "" : "=" + Show(values))}")), attributes.Length == 0 ? "" : attributes[0].Name);

    private static string Show(long[]? sizes) => sizes is null ? "?" : string.Join(' ', sizes);

    private static long[]? Infer(string op, long[]?[] shapes, long[]?[]? numbers = null, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = op, Attribute = { attributes } };
        node.Input.AddRange(shapes.Select((_, i) => $"i{i}"));
        return ShapeRules.Infer(node, name => shapes[name[1] - '0'], name => numbers is not null && name[1] - '0' < numbers.Length ? numbers[name[1] - '0'] : null);
    }
}
