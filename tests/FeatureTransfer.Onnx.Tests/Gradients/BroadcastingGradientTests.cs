using FeatureTransfer.Onnx.Gradients;
using static FeatureTransfer.Onnx.Tests.Gradients.OperatorInput;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Operators whose inputs are broadcast to one shape.</summary>
public class BroadcastingGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void Build_Operator_AgreesWithCentralDifferences(object @case) => GradientCheck.Run((OperatorCase)@case);

    // Where numbers are equal, differences in the middle would share the gradient.
    [TestCase("Max")]
    [TestCase("Min")]
    public void Build_EqualNumbers_TheFirstTakesTheGradient(string op)
    {
        var model = new OperatorModel(new OperatorCase(op, Weight([1, 2, 3], 3), Weight([1, 2, 3], 3), Weight([1, 2, 3], 3)), doubles: true, free: false);
        using var session = new NumberSession(GradientGraph.Build(model.WithLoss(null), new GradientRequest { Loss = "loss", Trainable = [.. model.Weights.Keys] }).Model);
        var results = session.Run(model.Weights);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(results["grad/w0"].Values, Is.EqualTo(new double[] { 3, 5, 7 }), "the loss is y + y^2");
            Assert.That(results["grad/w1"].Values.Concat(results["grad/w2"].Values), Is.All.Zero);
        }
    }

    private static IEnumerable<TestCaseData> Cases() => All().Select(@case => new TestCaseData(@case).SetArgDisplayNames(@case.ToString()));

    private static IEnumerable<OperatorCase> All() =>
    [
        new("Add", X(2, 3), X(2, 3)), new("Add", X(2, 3), X(3)), new("Add", X(3), X(4, 2, 3)), new("Add", X(2, 3, 2, 2), X(1, 3, 1, 1)),
        new("Sub", X(2, 3), X(2, 3)), new("Sub", X(2, 3), X(1)), new("Sub", X(2, 1), X(4, 1, 3)),
        new("Mul", X(2, 3), X(2, 3)), new("Mul", X(2, 3), X()), new("Mul", X(2, 3, 1, 1), X(2, 3, 2, 2)),
        new("Div", X(2, 3), Between(1, 2, 2, 3)), new("Div", X(2, 3), Between(1, 2, 3)), new("Div", X(1), Between(-3, -1, 2, 3)),
        new("Pow", Between(0.5, 2, 2, 3), Between(1, 3, 2, 3)), new("Pow", Between(0.5, 2, 2, 3), X(3)), new("Pow", Between(0.5, 2, 3), X(2, 1)),
        new("Pow", X(2, 3), Fixed([2])), new("Pow", X(2, 3), Fixed([3])), new("Pow", Between(0.5, 2, 2, 3), Fixed([0.5])), new("Pow", X(2, 3), Fixed([1])),
        new("Pow", X(2, 3), Indices([2, 0, 3], 3)), new("Pow", X(2, 3), Indices([2])),
        new("Min", X(2, 3), X(2, 3)), new("Min", X(2, 3), X(3), X(1)), new("Min", X(4), X(2, 4), X(3, 1, 1)), new("Min", X(3)),
        new("Max", X(2, 3), X(2, 3)), new("Max", X(2, 3), X(3), X(1)), new("Max", X(4), X(2, 4), X(3, 1, 1)),
        new("Sum", X(2, 3), X(2, 3), X(2, 3)), new("Sum", X(2, 3), X(3), X(1)), new("Sum", X(2, 3)),
        new("Mean", X(2, 3), X(2, 3), X(2, 3)), new("Mean", X(2, 3), X(3), X(1)), new("Mean", X(3, 1), X(3)),
        new("Where", Bools([true, false, true], 3), X(2, 3), X(2, 3)) { FreeFirstAxis = false },
        new("Where", Bools([true, false], 2, 1), X(3), X(1)) { FreeFirstAxis = false },
        new("Where", Bools([true], 1), X(2, 3), X()) { FreeFirstAxis = false },
        new("PRelu", X(2, 3), X(3)), new("PRelu", X(2, 3, 2, 2), X(3, 1, 1)), new("PRelu", X(4), X(1)),
    ];
}
