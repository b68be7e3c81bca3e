using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>A support vector machine of two classes: one dual variable after the other takes its best value (Hsieh and others 2008, algorithm 1).</summary>
/// <param name="vectors">The rows.</param>
/// <param name="signs">+1 or -1 a row.</param>
/// <param name="options">The loss, its weight and when to stop.</param>
internal sealed class DualCoordinateDescent(double[][] vectors, double[] signs, LinearSvcOptions options)
{
    private readonly double[] _dual = new double[vectors.Length];
    private readonly double[] _weights = new double[vectors[0].Length];

    // The squared loss bends the dual instead of bounding it.
    private readonly double _upper = options.Loss == MarginLoss.Hinge ? options.C : double.PositiveInfinity;
    private readonly double _bend = options.Loss == MarginLoss.Hinge ? 0 : 0.5 / options.C;
    private double _bias;

    /// <summary>Descends until the conditions for a minimum hold within the tolerance.</summary>
    public (double[] Weights, double Bias, double[] Dual) Run(CancellationToken cancellation)
    {
        var random = new Random(options.Seed);
        var order = Enumerable.Range(0, vectors.Length).ToArray();

        // The bias is the weight of a feature that is always 1.
        var curvature = Array.ConvertAll(vectors, vector => TensorPrimitives.SumOfSquares<double>(vector) + 1 + _bend);
        for (var pass = 0; pass < options.MaximumNumberOfIterations; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            var (most, least) = (double.NegativeInfinity, double.PositiveInfinity);
            foreach (var row in order)
            {
                var slope = Step(row, curvature[row]);
                (most, least) = (Math.Max(most, slope), Math.Min(least, slope));
            }

            if (most - least <= options.Tolerance)
                break;
        }

        return (_weights, _bias, _dual);
    }

    // Returns the projected gradient: 0 where the variable is at its best.
    private double Step(int row, double curvature)
    {
        var gradient = (signs[row] * (TensorPrimitives.Dot<double>(_weights, vectors[row]) + _bias)) - 1 + (_bend * _dual[row]);
        var projected = _dual[row] == 0 ? Math.Min(gradient, 0) : _dual[row] == _upper ? Math.Max(gradient, 0) : gradient;
        if (projected == 0)
            return 0;
        var before = _dual[row];
        _dual[row] = Math.Clamp(before - (gradient / curvature), 0, _upper);
        var change = (_dual[row] - before) * signs[row];
        TensorPrimitives.MultiplyAdd(vectors[row], change, _weights, _weights);
        _bias += change;
        return projected;
    }
}
