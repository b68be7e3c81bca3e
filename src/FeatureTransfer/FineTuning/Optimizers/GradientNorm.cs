using System.Numerics;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.FineTuning;

/// <summary>The norm of all gradients together.</summary>
internal static class GradientNorm
{
    // So many squares are added up in single precision, and such sums in double: millions of small squares would be lost in single.
    private const int Block = 2048;

    /// <summary>Scales the gradients down where they are longer than allowed.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="longest">The longest norm allowed; 0 is no limit.</param>
    /// <returns>The norm before.</returns>
    public static double Clip(IReadOnlyList<Parameter> parameters, double longest)
    {
        var norm = Math.Sqrt(parameters.Sum(parameter => SumOfSquares(parameter.Gradient)));
        if (longest > 0 && norm > longest)
        {
            foreach (var parameter in parameters)
                Scale(parameter.Gradient, (float)(longest / norm));
        }

        return norm;
    }

    private static double SumOfSquares(float[] gradient)
    {
        var sum = 0.0;
        for (var start = 0; start < gradient.Length; start += Block)
            sum += SumOfBlock(gradient.AsSpan(start, Math.Min(Block, gradient.Length - start)));
        return sum;
    }

    [MethodImpl(Compiled.AtOnce)]
    private static float SumOfBlock(ReadOnlySpan<float> values)
    {
        var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= values.Length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            var (first, second) = (new Vector<float>(values[i..]), new Vector<float>(values[(i + Vector<float>.Count)..]));
            even += first * first;
            odd += second * second;
        }

        var sum = Vector.Sum(even + odd);
        for (; i < values.Length; i++)
            sum += values[i] * values[i];
        return sum;
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Scale(Span<float> values, float factor)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(values[i..]) * factor).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] *= factor;
    }
}
