using static FeatureTransfer.Tests.Graphs.Gradients.OperatorInput;

namespace FeatureTransfer.Tests.Graphs.Gradients;

/// <summary>Operators that work on each element, and those that broadcast.</summary>
public class ElementwiseGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void Build_Operator_AgreesWithCentralDifferences(object @case) => GradientCheck.Run((OperatorCase)@case);

    private static IEnumerable<TestCaseData> Cases() => All().Select(@case => new TestCaseData(@case).SetArgDisplayNames(@case.ToString()));

    private static IEnumerable<OperatorCase> All() =>
    [
        new("Relu", X(5)), new("Relu", X(2, 3)), new("Relu", X(2, 3, 2, 2)),
        new("Add", X(2, 3), X(2, 3)), new("Add", X(2, 3), X(3)), new("Add", X(3), X(4, 2, 3)), new("Add", X(2, 3, 2, 2), X(1, 3, 1, 1)),
        new("Sub", X(2, 3), X(2, 3)), new("Sub", X(2, 3), X(1)), new("Sub", X(2, 1), X(4, 1, 3)),
        new("Mul", X(2, 3), X(2, 3)), new("Mul", X(2, 3), X()), new("Mul", X(2, 3, 1, 1), X(2, 3, 2, 2)),
        new("Div", X(2, 3), Between(1, 2, 2, 3)), new("Div", X(2, 3), Between(1, 2, 3)), new("Div", X(1), Between(-3, -1, 2, 3)),
    ];
}
