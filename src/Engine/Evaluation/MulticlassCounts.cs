using System.Numerics.Tensors;

namespace Microsoft.ML.Data;

/// <summary>What is counted of scored rows of several classes.</summary>
internal sealed class MulticlassCounts(int classes)
{
    // A probability of zero counts as this much, so that one row does not make the loss infinite.
    private const double MinProbability = 1e-15;

    public double[][] Matrix { get; } = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];

    public double[] RowsOf { get; } = new double[classes];

    public double[] LossOf { get; } = new double[classes];

    /// <summary>How often the label's score was the highest, the second and so on.</summary>
    public double[] AtRank { get; } = new double[classes];

    public double Rows { get; private set; }

    public void Add(int label, ReadOnlySpan<float> scores)
    {
        Rows++;
        RowsOf[label]++;
        Matrix[label][TensorPrimitives.IndexOfMax(scores)]++;
        LossOf[label] -= Math.Log(Math.Clamp(scores[label], MinProbability, 1));
        int rank = 0;
        for (int k = 0; k < scores.Length; k++)
            if (scores[k] > scores[label] || (scores[k] == scores[label] && k < label))
                rank++;
        AtRank[rank]++;
    }

    /// <summary>The entropy of the labels, in nats.</summary>
    public double Entropy() => RowsOf.Sum(n => n > 0 ? -n / Rows * Math.Log(n / Rows) : 0);
}
