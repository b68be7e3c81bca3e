using static FeatureTransfer.Onnx.Tests.Gradients.OperatorInput;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Operators that give elements another arrangement.</summary>
public class ShapingGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void Build_Operator_AgreesWithCentralDifferences(object @case) => GradientCheck.Run((OperatorCase)@case);

    private static IEnumerable<TestCaseData> Cases() => All().Select(@case => new TestCaseData(@case).SetArgDisplayNames(@case.ToString()));

    private static IEnumerable<OperatorCase> All() =>
    [
        new OperatorCase("Transpose", X(2, 3, 4)).With(GraphBuilder.Ints("perm", 1, 2, 0)), new("Transpose", X(2, 3)), new OperatorCase("Transpose", X(2, 3, 2, 2)).With(GraphBuilder.Ints("perm", 0, 2, 3, 1)),
        new("Reshape", X(2, 6), Ints(0, 3, 2)), new("Reshape", X(2, 3, 2), Ints(-1)), new("Reshape", X(4, 3), Ints(2, -1)) { FreeFirstAxis = false },
        new("Flatten", X(2, 3, 2)), new OperatorCase("Flatten", X(2, 3, 2)).With(GraphBuilder.Int("axis", 0)), new OperatorCase("Flatten", X(2, 3, 2, 2)).With(GraphBuilder.Int("axis", -1)),
        new("Squeeze", X(2, 1, 3), Ints(1)), new("Squeeze", X(2, 1, 3, 1), Ints(-1, 1)), new OperatorCase("Squeeze", X(2, 1, 3)).With(GraphBuilder.Ints("axes", 1)).At(11), new("Squeeze", X(1, 3)),
        new("Unsqueeze", X(2, 3), Ints(1)), new("Unsqueeze", X(2, 3), Ints(0, -1)), new OperatorCase("Unsqueeze", X(2, 3)).With(GraphBuilder.Ints("axes", 0, 3)).At(11),
        new("Expand", X(2, 1), Ints(2, 4)) { FreeFirstAxis = false }, new("Expand", X(3), Ints(2, 1)) { FreeFirstAxis = false }, new("Expand", X(2, 1, 3), Ints(1, 4, 1)),
        new OperatorCase("Concat", X(2, 3), X(2, 1)).With(GraphBuilder.Int("axis", 1)), new OperatorCase("Concat", X(2, 3), X(1, 3), X(4, 3)).With(GraphBuilder.Int("axis", 0)),
        new OperatorCase("Concat", X(2, 3, 2), Fixed([1, 2, 3, 4, 5, 6], 2, 3, 1)).With(GraphBuilder.Int("axis", -1)).FixedOnly(),
        new OperatorCase("Split", X(2, 6), Ints(2, 4)).With(GraphBuilder.Int("axis", 1)) with { Outputs = 2 },
        new OperatorCase("Split", X(6, 2), Ints(1, 2, 3)) { Outputs = 3, FreeFirstAxis = false },
        new OperatorCase("Split", X(2, 6)).With(GraphBuilder.Int("axis", -1)).At(13) with { Outputs = 3 },
        new OperatorCase("Split", X(2, 6)).With(GraphBuilder.Int("axis", 1), GraphBuilder.Ints("split", 2, 4)).At(11) with { Outputs = 2 },
        new OperatorCase("Split", X(2, 5)).With(GraphBuilder.Int("axis", 1), GraphBuilder.Int("num_outputs", 2)) with { Outputs = 2 },
        new("Tile", X(2, 3), Ints(1, 2)), new("Tile", X(2, 3), Ints(2, 1)), new("Tile", X(2), Ints(3)),
        new OperatorCase("DepthToSpace", X(1, 4, 2, 3)).With(GraphBuilder.Int("blocksize", 2)), new OperatorCase("DepthToSpace", X(2, 8, 1, 2)).With(GraphBuilder.Int("blocksize", 2), GraphBuilder.Text("mode", "CRD")), new OperatorCase("DepthToSpace", X(2, 9, 1, 1)).With(GraphBuilder.Int("blocksize", 3)),
    ];
}
