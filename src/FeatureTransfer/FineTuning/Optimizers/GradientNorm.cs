using System.Numerics.Tensors;

namespace FeatureTransfer.FineTuning;

/// <summary>The norm of all gradients together.</summary>
internal static class GradientNorm
{
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
                TensorPrimitives.Multiply(parameter.Gradient, (float)(longest / norm), parameter.Gradient);
        }

        return norm;
    }

    // Blocks are added up in double precision: millions of small squares would be lost in single.
    private static double SumOfSquares(float[] gradient)
    {
        var sum = 0.0;
        for (var start = 0; start < gradient.Length; start += Blocks.Size)
            sum += TensorPrimitives.SumOfSquares<float>(gradient.AsSpan(start, Math.Min(Blocks.Size, gradient.Length - start)));
        return sum;
    }
}
