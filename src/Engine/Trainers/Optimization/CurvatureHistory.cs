using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The last steps and the changes of the gradient along them, and the product of a vector with the inverse Hessian
/// that they stand for: the two-loop recursion of J. Nocedal, "Updating quasi-Newton matrices with limited storage",
/// Mathematics of Computation 35 (1980).
/// </summary>
internal sealed class CurvatureHistory(int capacity)
{
    private readonly List<(double[] Step, double[] Change, double Product)> _pairs = [];
    private readonly double[] _alphas = new double[capacity];

    public void Clear() => _pairs.Clear();

    /// <summary>Remembers a step; false where the gradient did not change along it.</summary>
    public bool Add(ReadOnlySpan<double> from, ReadOnlySpan<double> to, ReadOnlySpan<double> oldGradient, ReadOnlySpan<double> newGradient)
    {
        double[] step;
        double[] change;
        if (_pairs.Count == capacity)
        {
            (step, change, _) = _pairs[0];
            _pairs.RemoveAt(0);
        }
        else
        {
            step = new double[from.Length];
            change = new double[from.Length];
        }
        TensorPrimitives.Subtract(to, from, step);
        TensorPrimitives.Subtract(newGradient, oldGradient, change);
        double product = TensorPrimitives.Dot<double>(step, change);
        if (product == 0)
            return false;
        _pairs.Add((step, change, product));
        return true;
    }

    /// <summary>Multiplies by the inverse Hessian. Pairs of negative curvature are passed over.</summary>
    public void Apply(Span<double> direction)
    {
        int newest = _pairs.FindLastIndex(p => p.Product > 0);
        if (newest < 0)
            return;
        for (int i = newest; i >= 0; i--)
        {
            var (step, change, product) = _pairs[i];
            if (product <= 0)
                continue;
            _alphas[i] = TensorPrimitives.Dot<double>(step, direction) / product;
            TensorPrimitives.MultiplyAdd(change, -_alphas[i], direction, direction);
        }
        double scale = _pairs[newest].Product / TensorPrimitives.SumOfSquares<double>(_pairs[newest].Change);
        TensorPrimitives.Multiply(direction, scale, direction);
        for (int i = 0; i <= newest; i++)
        {
            var (step, change, product) = _pairs[i];
            if (product <= 0)
                continue;
            double beta = TensorPrimitives.Dot<double>(change, direction) / product;
            TensorPrimitives.MultiplyAdd(step, _alphas[i] - beta, direction, direction);
        }
    }
}
