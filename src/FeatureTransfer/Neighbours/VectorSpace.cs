using System.Numerics.Tensors;

namespace FeatureTransfer.Neighbours;

/// <summary>Vectors as an index holds them, and their distances.</summary>
internal static class VectorSpace
{
    /// <summary>Puts a vector into the form in which distances are computed: of length 1 for the cosine, unless it is all zeros.</summary>
    public static void Prepare(SimilarityMetric metric, Span<float> vector)
    {
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (metric != SimilarityMetric.Cosine || largest == 0)
            return;

        // Squares of the largest floats would overflow, and those of the smallest vanish.
        TensorPrimitives.Divide(vector, largest, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
    }

    /// <summary>The distances of a prepared vector to rows of such.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="distances">Takes a distance for each row.</param>
    public static void Distances(SimilarityMetric metric, ReadOnlySpan<float> vector, ReadOnlySpan<float> rows, Span<float> distances)
    {
        for (var i = 0; i < distances.Length; i++)
        {
            var row = rows.Slice(i * vector.Length, vector.Length);

            // Rounding takes the cosine of equal vectors past 1.
            distances[i] = metric == SimilarityMetric.Cosine ? Math.Max(0, 1 - TensorPrimitives.Dot(vector, row)) : TensorPrimitives.Distance(vector, row);
        }
    }
}
