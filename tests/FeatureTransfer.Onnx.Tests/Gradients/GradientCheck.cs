using System.Globalization;
using FeatureTransfer.Onnx.Gradients;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Compares the gradients of an operator with central differences, in ONNX Runtime.</summary>
internal static class GradientCheck
{
    /// <summary>Checks a case with fixed sizes and, where it may, with a free first axis.</summary>
    public static void Run(OperatorCase @case, double tolerance = 1e-3)
    {
        foreach (var free in @case.FreeFirstAxis ? [false, true] : new[] { false })
        {
            var (actual, expected) = Measure(@case, free);
            Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
            foreach (var (name, gradient) in expected)
            {
                Assert.That(RelativeDistance(actual[name], gradient), Is.LessThan(tolerance), () =>
                    $"{@case}, input {name}{(free ? ", free first axis" : "")}: expected {Show(gradient)} but was {Show(actual[name])}");
            }
        }
    }

    /// <summary>The graph's operators must all be standard ones.</summary>
    public static void AssertStandard(OnnxModel model) =>
        Assert.That(model.Proto.Graph.Node.Where(node => node.Domain.Length > 0).Select(node => $"{node.Domain}.{node.OpType}"), Is.Empty);

    /// <summary>The distance over the length of the expected; a gradient that should vanish must be small.</summary>
    public static double RelativeDistance(double[] actual, double[] expected)
    {
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
        var distance = Math.Sqrt(actual.Zip(expected, (a, e) => (a - e) * (a - e)).Sum());
        return Tensors.Bounded(distance / Math.Max(Math.Sqrt(expected.Sum(value => value * value)), 1e-3));
    }

    private static string Show(double[] values) => string.Join(' ', values.Take(12).Select(value => value.ToString("G5", CultureInfo.InvariantCulture)));

    private static (Dictionary<string, double[]> Actual, Dictionary<string, double[]> Expected) Measure(OperatorCase @case, bool free)
    {
        try
        {
            return Measure(new OperatorModel(@case, doubles: true, free), @case, step: 1e-4);
        }
        catch (Exception exception) when (LacksDoubles(exception))
        {
            return Measure(new OperatorModel(@case, doubles: false, free), @case, step: 1e-2);
        }
    }

    // The runtime computes some operators in single precision only.
    private static bool LacksDoubles(Exception exception) => exception.ToString() is var text
        && (text.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal) || text.Contains("NotImplemented", StringComparison.Ordinal) || text.Contains("INVALID_GRAPH", StringComparison.Ordinal));

    private static (Dictionary<string, double[]> Actual, Dictionary<string, double[]> Expected) Measure(OperatorModel model, OperatorCase @case, double step)
    {
        using var forward = new NumberSession(model.Forward());
        var outputs = forward.Run(model.Weights.Concat(model.Data));
        var factors = model.Data.Count > 0 ? null : outputs.OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select((output, i) => (OperatorInput.Random(-1, 1, output.Value.Shape, 100 + i), output.Value.Shape))
            .ToList();

        var request = new GradientRequest { Loss = "loss", Trainable = [.. model.Weights.Keys], BatchStatistics = @case.BatchStatistics };
        var graph = GradientGraph.Build(model.WithLoss(factors), request);
        AssertStandard(graph.Model);
        using var backward = new NumberSession(graph.Model);
        var results = backward.Run(model.Weights.Concat(model.Data));
        var actual = graph.Trainable.ToDictionary(tensor => tensor.Name, tensor => results[tensor.Gradient].Values);
        return (actual, model.Weights.ToDictionary(weight => weight.Key, weight => Differences(forward, model, weight.Key, factors, step)));
    }

    private static double[] Differences(NumberSession forward, OperatorModel model, string name, IReadOnlyList<(double[] Values, long[] Shape)>? factors, double step)
    {
        var (values, shape) = model.Weights[name];
        var moved = values.ToArray();
        var feeds = model.Weights.Concat(model.Data).ToDictionary(pair => pair.Key, pair => pair.Value);
        feeds[name] = (moved, shape);

        double Loss(int i, double by)
        {
            moved[i] = values[i] + by;
            var outputs = forward.Run(feeds);
            moved[i] = values[i];
            return factors is null
                ? outputs.Values.Sum(output => output.Values.Sum(y => y + (y * y)))
                : factors.Select((factor, output) => outputs[$"y{output}"].Values.Zip(factor.Values, (y, r) => y * r).Sum()).Sum();
        }

        // Two widths cancel the error of third order.
        double Slope(int i, double width) => (Loss(i, width) - Loss(i, -width)) / (2 * width);
        return [.. values.Select((_, i) => ((4 * Slope(i, step / 2)) - Slope(i, step)) / 3)];
    }
}
