using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>Probabilities of classes that exclude each other.</summary>
internal static class Shares
{
    /// <summary>Makes the sum 1; where all are zero they stay so, and where one is no number none is.</summary>
    public static void Normalize(Span<float> values)
    {
        float sum = TensorPrimitives.Sum(values);
        if (sum != 0)
            TensorPrimitives.Divide(values, sum, values);
    }
}
