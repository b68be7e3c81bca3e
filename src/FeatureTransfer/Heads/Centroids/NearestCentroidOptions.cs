using System.Numerics.Tensors;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Heads;

/// <summary>
/// A row belongs to the class whose mean is nearest (Rocchio 1971; as the head of few-shot learning, Snell and others 2017, "Prototypical
/// networks", arXiv:1703.05175). It has one vector a class, and is hard to beat with one to four labels each.
/// </summary>
/// <remarks>Logits before the temperature: 10 times the cosine, or minus the squared distance in units of the mean squared distance between centroids.</remarks>
public sealed record NearestCentroidOptions : CalibratedHeadOptions
{
    private const float CosineScale = 10;

    /// <summary>How distances are computed. With <see cref="SimilarityMetric.Cosine"/>, the default, rows count by their direction alone.</summary>
    public SimilarityMetric Metric { get; init; } = SimilarityMetric.Cosine;

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation)
    {
        var centroids = Means(rows);
        if (Metric == SimilarityMetric.Cosine)
        {
            for (var i = 0; i < rows.Classes; i++)
                VectorSpace.Prepare(Metric, Of(centroids, rows, i));
            TensorPrimitives.Multiply(centroids, CosineScale, centroids);
            return new LinearDecision(centroids, new float[rows.Classes], normalizes: true);
        }

        // |x - c|² is |x|² - 2cx + |c|², and |x|² is the same for all classes.
        var unit = MeanSquaredDistance(centroids, rows);
        var biases = Enumerable.Range(0, rows.Classes).Select(i => -TensorPrimitives.SumOfSquares<float>(Of(centroids, rows, i)) / unit).ToArray();
        TensorPrimitives.Multiply(centroids, 2 / unit, centroids);
        return new LinearDecision(centroids, biases);
    }

    private protected override IEnumerable<string> Faults() => [];

    private float[] Means(LabelledFeatures rows)
    {
        var (sums, counts) = (new float[rows.Classes * rows.Dimension], new int[rows.Classes]);
        var vector = new float[rows.Dimension];
        for (var row = 0; row < rows.Count; row++)
        {
            rows.Row(row).CopyTo(vector);
            VectorSpace.Prepare(Metric, vector);
            var sum = Of(sums, rows, rows.Labels[row]);
            TensorPrimitives.Add(sum, vector, sum);
            counts[rows.Labels[row]]++;
        }

        for (var i = 0; i < rows.Classes; i++)
            TensorPrimitives.Divide(Of(sums, rows, i), counts[i], Of(sums, rows, i));
        return sums;
    }

    private static float MeanSquaredDistance(float[] centroids, LabelledFeatures rows)
    {
        var distances =
            from one in Enumerable.Range(0, rows.Classes)
            from other in Enumerable.Range(0, one)
            select TensorPrimitives.Distance<float>(Of(centroids, rows, one), Of(centroids, rows, other));
        return Math.Max(distances.Average(distance => distance * distance), 1e-12f);
    }

    private static Span<float> Of(float[] centroids, LabelledFeatures rows, int label) => centroids.AsSpan(label * rows.Dimension, rows.Dimension);
}
