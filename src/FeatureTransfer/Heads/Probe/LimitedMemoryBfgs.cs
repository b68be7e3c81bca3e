using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>Minimises a smooth function by L-BFGS (Liu and Nocedal 1989) with steps that are halved until they lower it enough.</summary>
internal static class LimitedMemoryBfgs
{
    private const int Memory = 10;
    private const int MostHalvings = 30;
    private const double Enough = 1e-4;

    /// <summary>Finds a minimum.</summary>
    /// <param name="evaluate">The function: from a point to its value; fills in the gradient.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="tolerance">The largest gradient that counts as 0.</param>
    /// <param name="iterations">The most steps.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[] Minimize(Func<double[], double[], double> evaluate, double[] start, double tolerance, int iterations, CancellationToken cancellation)
    {
        var (point, gradient, history) = ((double[])start.Clone(), new double[start.Length], new Queue<Correction>());
        var value = evaluate(point, gradient);
        for (var iteration = 0; iteration < iterations && Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient)) > tolerance; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            var direction = Direction(gradient, history);
            if (Search(evaluate, point, direction, value, gradient, history.Count == 0) is not { } next)
                break;
            Remember(history, point, gradient, next);
            (point, gradient, value) = (next.Point, next.Gradient, next.Value);
        }

        return point;
    }

    // The two loops: minus the gradient times what the corrections say of the inverse second derivatives.
    private static double[] Direction(double[] gradient, Queue<Correction> history)
    {
        var direction = Array.ConvertAll(gradient, slope => -slope);
        var corrections = history.ToArray();
        var shares = new double[corrections.Length];
        for (var i = corrections.Length - 1; i >= 0; i--)
        {
            shares[i] = corrections[i].Inverse * TensorPrimitives.Dot<double>(corrections[i].Step, direction);
            TensorPrimitives.MultiplyAdd(corrections[i].Change, -shares[i], direction, direction);
        }

        if (corrections is [.., var last])
            TensorPrimitives.Divide(direction, last.Inverse * TensorPrimitives.SumOfSquares<double>(last.Change), direction);
        for (var i = 0; i < corrections.Length; i++)
            TensorPrimitives.MultiplyAdd(corrections[i].Step, shares[i] - (corrections[i].Inverse * TensorPrimitives.Dot<double>(corrections[i].Change, direction)), direction, direction);
        return direction;
    }

    private static Place? Search(Func<double[], double[], double> evaluate, double[] point, double[] direction, double value, double[] gradient, bool isFirst)
    {
        var slope = TensorPrimitives.Dot<double>(gradient, direction);
        var length = isFirst ? Math.Min(1, 1 / TensorPrimitives.Norm<double>(gradient)) : 1;
        for (var i = 0; i < MostHalvings; i++, length /= 2)
        {
            var (next, slopes) = (new double[point.Length], new double[point.Length]);
            TensorPrimitives.MultiplyAdd(direction, length, point, next);
            if (evaluate(next, slopes) is var reached && reached <= value + (Enough * length * slope))
                return new Place(next, slopes, reached);
        }

        return null;
    }

    private static void Remember(Queue<Correction> history, double[] point, double[] gradient, Place next)
    {
        var (step, change) = (new double[point.Length], new double[point.Length]);
        TensorPrimitives.Subtract<double>(next.Point, point, step);
        TensorPrimitives.Subtract<double>(next.Gradient, gradient, change);
        var curvature = TensorPrimitives.Dot<double>(step, change);

        // Where the function does not bend upwards, rounding speaks.
        if (curvature <= 1e-12 * TensorPrimitives.SumOfSquares<double>(change))
            return;
        history.Enqueue(new Correction(step, change, 1 / curvature));
        if (history.Count > Memory)
            history.Dequeue();
    }

    private sealed record Place(double[] Point, double[] Gradient, double Value);

    private sealed record Correction(double[] Step, double[] Change, double Inverse);
}
