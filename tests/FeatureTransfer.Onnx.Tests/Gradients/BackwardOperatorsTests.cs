using FeatureTransfer.Onnx.Gradients;
using static FeatureTransfer.Onnx.Tests.Gradients.OperatorInput;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>What gradients are made of, where several ways lead to the same numbers and one of them is the quickest.</summary>
public class BackwardOperatorsTests
{
    [TestCaseSource(nameof(Cases))]
    public void Build_Operator_TakesTheQuickWay(object @case, string expected) => Assert.That(Backward((OperatorCase)@case), Is.EqualTo(expected));

    [TestCase("Relu")]
    [TestCase("Clip")]
    public void Build_MaskWithOperatorsOfOurOwn_IsOneOfThem(string op)
    {
        var graph = new EmittedGraph(EmittedGraph.Node(op, "a"), new GradientRequest { Loss = "y", Trainable = ["a"], UseKernels = true }, ("a", [2, 3]));
        graph.Flow.Add("y", "a");
        OperatorGradients.ByName[op].Build(graph.Context);
        Assert.That(graph.Operators, Is.EqualTo(new[] { "PassedGradient" }));
    }

    [Test]
    public void Build_MeanOfUnknownShape_CountsInTheGraph()
    {
        var graph = new EmittedGraph(EmittedGraph.Node("ReduceMean", "a"), ("a", [2, 3]));
        graph.Context.Node.Output[0] = "strange";
        graph.Flow.Add("strange", "y");
        OperatorGradients.ByName["ReduceMean"].Build(graph.Context);
        Assert.That(string.Join(' ', graph.Operators), Is.EqualTo("Size Cast Size Cast Div Div Expand"));
    }

    [Test]
    public void Build_GatherBehindAFreeAxis_TakesNoSizesFromTheGraph() => Assert.That(
        Backward(new OperatorCase("Gather", X(4, 3, 2), Indices([2, 1], 2, 1)).With(GraphBuilder.Int("axis", 1)), free: true), Is.EqualTo("2 Expand Reshape ScatterElements 2 Shape"));

    private static IEnumerable<TestCaseData> Cases() => All().Select(pair => new TestCaseData(pair.Case, pair.Expected).SetArgDisplayNames(pair.Case.ToString()));

    private static IEnumerable<(OperatorCase Case, string Expected)> All() =>
    [
        (new OperatorCase("AveragePool", X(1, 2, 5, 5)).With(GraphBuilder.Ints("kernel_shape", 2, 2)), "AveragePool Pad"),
        (new OperatorCase("AveragePool", X(1, 2, 5, 5)).With(GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Ints("dilations", 2, 2)).At(19), "Conv Pad 2 Reshape"),
        (Conv([1, 2, 5, 5], [3, 2, 3, 3], ("pads", [2, 2, 2, 2])), "Concat Conv 10 MatMul Pad 22 Reshape 9 Slice 4 Transpose"),
        (Conv([1, 2, 5, 5], [3, 2, 3, 3], ("pads", [3, 3, 3, 3])), "Concat ConvTranspose 9 MatMul Pad 20 Reshape 9 Slice 3 Transpose"),
        (Conv([1, 2, 5, 5], [3, 2, 3, 3], ("pads", [3, 2, 1, 0])), "Concat ConvTranspose 9 MatMul Pad 20 Reshape 9 Slice 3 Transpose"),
        (Conv([1, 2, 5, 5], [3, 2, 3, 3], ("strides", [2, 2])), "Concat ConvTranspose 9 MatMul 20 Reshape 9 Slice 3 Transpose"),
        (Conv([1, 1, 5, 5], [1, 1, 3, 3]), "Concat Conv 10 MatMul 22 Reshape 9 Slice 4 Transpose"),
        (Conv([2, 3, 4, 4], [2, 3, 1, 1]), "Conv Gemm 5 Reshape 3 Transpose"),
        (Depthwise(10, 10), "4 MatMul 7 Reshape 4 Transpose"),
        (Depthwise(10, 11), "Concat Conv 7 MatMul Pad 13 Reshape 3 Slice 6 Transpose"),
        (Depthwise(4, 64), "Concat Conv 7 MatMul Pad 13 Reshape 3 Slice 6 Transpose"),
        (Depthwise(4, 65), "Concat Conv 10 MatMul Pad 24 Reshape 9 Slice 4 Transpose"),
        (new("Gather", X(4, 3), Ints(2)), "Pad"),
        (new("Gather", X(4, 3), Indices([2])), "Pad Unsqueeze"),
        (new("Gather", X(4, 3), Ints(2, 1)), "Expand ScatterElements Shape"),
        (new("Gather", X(4, 3), Indices([2, 1], 2, 1)), "Expand Reshape ScatterElements Shape"),
        (new("Slice", X(4, 5), Ints(0), Ints(1), Ints(0), Ints(1)), "Pad"),
        (new("ReduceMean", X(2, 3), Ints(1)), "Div Expand"),
        (new("MatMul", X(2, 3, 4), X(4, 5)), "Gemm MatMul 2 Reshape Transpose"),
        (new("MatMul", X(4), X(4, 5)), "2 MatMul ReduceSum Reshape Transpose Unsqueeze"),
        (new("Resize", X(1, 1, 2, 3), None, None, Ints(1, 1, 2, 6)), "MatMul"),
    ];

    private static OperatorCase Conv(long[] image, long[] weights, params (string Name, long[] Values)[] attributes) =>
        new OperatorCase("Conv", X(image), X(weights)).With([.. attributes.Select(attribute => GraphBuilder.Ints(attribute.Name, attribute.Values))]);

    // Three by three with a border: as many outputs as inputs.
    private static OperatorCase Depthwise(long rows, long columns) =>
        new OperatorCase("Conv", X(1, 2, rows, columns), X(2, 1, 3, 3)).With(GraphBuilder.Int("group", 2), GraphBuilder.Ints("pads", 1, 1, 1, 1));

    // Nodes are named after the output that they start from, the sum of what the loss makes of it among them.
    private static string Backward(OperatorCase @case, bool free = false)
    {
        var model = new OperatorModel(@case, doubles: false, free);
        var graph = GradientGraph.Build(model.WithLoss(null), new GradientRequest { Loss = "loss", Trainable = [.. model.Weights.Keys], Rearrange = false });
        var operators = graph.Model.Proto.Graph.Node.Where(node => node.Name.StartsWith("backward/y0/", StringComparison.Ordinal) && node.OpType != "Sum").CountBy(node => node.OpType);
        return string.Join(' ', operators.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value > 1 ? $"{pair.Value} {pair.Key}" : pair.Key));
    }
}
