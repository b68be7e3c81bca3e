using static FeatureTransfer.Onnx.Tests.Gradients.OperatorInput;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Operators that reduce axes.</summary>
public class ReductionGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void Build_Operator_AgreesWithCentralDifferences(object @case) => GradientCheck.Run((OperatorCase)@case);

    private static IEnumerable<TestCaseData> Cases() => All().Select(@case => new TestCaseData(@case).SetArgDisplayNames(@case.ToString()));

    private static IEnumerable<OperatorCase> All() =>
    [
        new("ReduceSum", X(2, 3)), new OperatorCase("ReduceSum", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceSum", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceSum", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceSum", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new("ReduceMean", X(2, 3)), new OperatorCase("ReduceMean", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceMean", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceMean", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceMean", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new("ReduceMax", X(2, 3)), new OperatorCase("ReduceMax", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceMax", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceMax", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceMax", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new("ReduceMin", X(2, 3)), new OperatorCase("ReduceMin", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceMin", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceMin", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceMin", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new("ReduceL1", X(2, 3)), new OperatorCase("ReduceL1", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceL1", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceL1", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceL1", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new("ReduceL2", X(2, 3)), new OperatorCase("ReduceL2", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceL2", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceL2", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceL2", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new("ReduceSumSquare", X(2, 3)), new OperatorCase("ReduceSumSquare", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceSumSquare", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceSumSquare", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceSumSquare", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new("ReduceLogSumExp", X(2, 3)), new OperatorCase("ReduceLogSumExp", X(2, 3, 4), Ints(1)).With(GraphBuilder.Int("keepdims", 0)), new("ReduceLogSumExp", X(2, 3, 2, 2), Ints(-1, 2)),
        new OperatorCase("ReduceLogSumExp", X(2, 3, 4)).With(GraphBuilder.Int("keepdims", 0)), new OperatorCase("ReduceLogSumExp", X(2, 3, 4), Ints(0)).With(GraphBuilder.Int("keepdims", 0)),
        new OperatorCase("ReduceMean", X(2, 3, 4)).With(GraphBuilder.Ints("axes", 0, -1), GraphBuilder.Int("keepdims", 0)).At(13),
        new OperatorCase("ReduceMax", X(2, 3, 4)).With(GraphBuilder.Ints("axes", 0, -1), GraphBuilder.Int("keepdims", 0)).At(13),
        new OperatorCase("ReduceMin", X(2, 3, 4)).With(GraphBuilder.Ints("axes", 0, -1), GraphBuilder.Int("keepdims", 0)).At(13),
        new OperatorCase("ReduceSum", X(2, 3, 4)).With(GraphBuilder.Ints("axes", 1)).At(11), new OperatorCase("ReduceSum", X(2, 3)).With(GraphBuilder.Int("noop_with_empty_axes", 1)),
        new OperatorCase("ReduceSum", X(2, 3)).With(GraphBuilder.Int("noop_with_empty_axes", 1), GraphBuilder.Int("keepdims", 0)),
    ];
}
