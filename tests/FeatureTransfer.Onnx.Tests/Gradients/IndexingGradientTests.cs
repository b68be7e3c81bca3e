using static FeatureTransfer.Onnx.Tests.Gradients.OperatorInput;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Operators that choose elements or add some.</summary>
public class IndexingGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void Build_Operator_AgreesWithCentralDifferences(object @case) => GradientCheck.Run((OperatorCase)@case);

    private static IEnumerable<TestCaseData> Cases() => All().Select(@case => new TestCaseData(@case).SetArgDisplayNames(@case.ToString()));

    private static IEnumerable<OperatorCase> All() =>
    [
        new("Slice", X(2, 6), Ints(1), Ints(4), Ints(1)), new("Slice", X(2, 6), Ints(-3), Ints(long.MaxValue), Ints(-1)), new("Slice", X(2, 6), Ints(0), Ints(6), Ints(1), Ints(2)),
        new("Slice", X(2, 6), Ints(5), Ints(-7), Ints(1), Ints(-1)), new("Slice", X(4, 5, 3), Ints(1, 0), Ints(3, 2)) { FreeFirstAxis = false }, new("Slice", X(4, 5), Ints(0), Ints(1), Ints(0)), new("Slice", X(2, 4, 5), Ints(1, 0), Ints(4, 5), Ints(1, 2), Ints(1, 2)),
        new("Slice", X(2, 5, 6), Ints(4, 0), Ints(0, 5), Ints(-2, -1), Ints(-2, 3)), new OperatorCase("Slice", X(2, 6)).With(GraphBuilder.Ints("starts", 1), GraphBuilder.Ints("ends", -1), GraphBuilder.Ints("axes", 1)).At(9),
        new("Gather", X(4, 3), Ints(0, 2, 2)) { FreeFirstAxis = false }, new OperatorCase("Gather", X(2, 5, 3), Indices([0])).With(GraphBuilder.Int("axis", 1)),
        new OperatorCase("Gather", X(2, 5, 3), Indices([4, 1, -5, 0, 0, 1], 2, 3)).With(GraphBuilder.Int("axis", -2)), new("Gather", X(4, 3), Indices([1, 3, 3, 0], 2, 2)) { FreeFirstAxis = false },
        new OperatorCase("Gather", X(2, 5, 3), Indices([3], 1, 1)).With(GraphBuilder.Int("axis", 1)),
        new OperatorCase("Gather", X(2, 5), Ints(-1)).With(GraphBuilder.Int("axis", 1)), new OperatorCase("Gather", X(2, 3, 4), Indices([1, 0], 1, 2)).With(GraphBuilder.Int("axis", 2)),
        new OperatorCase("Gather", X(3, 4, 2), Indices([2, 2, -1, 0], 4)).With(GraphBuilder.Int("axis", 1)), new OperatorCase("Gather", X(3, 2, 3), Indices([1, 1], 2)).With(GraphBuilder.Int("axis", -1)),
        new("Gather", X(3, 2, 2), Indices([0, 2, 2, 2, 1, 0], 3, 1, 2)) { FreeFirstAxis = false }, new("Gather", X(5), Indices([4, 0, 4], 3, 1)) { FreeFirstAxis = false },
        new("GatherElements", X(3, 2), Indices([0, 2, 2, 0], 2, 2)) { FreeFirstAxis = false }, new OperatorCase("GatherElements", X(2, 3), Indices([0, 2, -1, 0], 2, 2)).With(GraphBuilder.Int("axis", 1)),
        new OperatorCase("GatherElements", X(2, 2, 3), Indices([1, 1, 0, 0], 2, 1, 2)).With(GraphBuilder.Int("axis", -1)),
        new("Pad", X(2, 3), Ints(0, 1, 0, 2)), new("Pad", X(2, 3, 3, 3), Ints(0, 0, 1, 1, 0, 0, 2, 1), Fixed([0.5])), new("Pad", X(2, 5), Ints(0, -1, 0, 2)), new("Pad", X(2, 3), Ints(1, 2), Fixed([0]), Ints(1)),
        new OperatorCase("Pad", X(2, 4)).With(GraphBuilder.Ints("pads", 0, 1, 0, 2)).At(9),
        new OperatorCase("Pad", X(2, 4), Ints(0, 2, 0, 3)).With(GraphBuilder.Text("mode", "reflect")), new OperatorCase("Pad", X(2, 2, 3, 4), Ints(0, 0, 1, 2, 0, 0, 2, 1)).With(GraphBuilder.Text("mode", "reflect")), new OperatorCase("Pad", X(5), Ints(2, 1)).With(GraphBuilder.Text("mode", "reflect")).FixedOnly(),
        new OperatorCase("Pad", X(2, 4), Ints(0, 2, 0, 3)).With(GraphBuilder.Text("mode", "edge")), new OperatorCase("Pad", X(2, 2, 3, 4), Ints(0, 0, 1, 2, 0, 0, 2, 1)).With(GraphBuilder.Text("mode", "edge")), new OperatorCase("Pad", X(5), Ints(2, 1)).With(GraphBuilder.Text("mode", "edge")).FixedOnly(),
    ];
}
