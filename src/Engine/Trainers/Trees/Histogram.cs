using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// For the rows of a leaf, by feature and interval: the sum of the targets, the number of rows and the sum of their weights
/// (G. Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", 2017, section 2.1).
/// </summary>
internal sealed class Histogram(int bins, bool isWeighted)
{
    public double[] Sums { get; } = new double[bins];

    public int[] Counts { get; } = new int[bins];

    public double[]? Weights { get; } = isWeighted ? new double[bins] : null;

    /// <summary>Fills the part of one feature.</summary>
    public void Fill(BinnedColumn column, int offset, LeafRows leaf)
    {
        var sums = Sums.AsSpan(offset, column.BinCount);
        var counts = Counts.AsSpan(offset, column.BinCount);
        sums.Clear();
        counts.Clear();
        column.Add(leaf.Rows, leaf.Targets, sums, counts);
        if (Weights is null)
            return;
        var weights = Weights.AsSpan(offset, column.BinCount);
        weights.Clear();
        column.Add(leaf.Rows, leaf.Weights, weights);
    }

    /// <summary>Takes the rows of a part of the leaf away: what is left is the other part.</summary>
    public void Subtract(Histogram part, int offset, int count)
    {
        var sums = Sums.AsSpan(offset, count);
        TensorPrimitives.Subtract(sums, part.Sums.AsSpan(offset, count), sums);
        var counts = Counts.AsSpan(offset, count);
        TensorPrimitives.Subtract(counts, part.Counts.AsSpan(offset, count), counts);
        if (Weights is null)
            return;
        var weights = Weights.AsSpan(offset, count);
        TensorPrimitives.Subtract(weights, part.Weights.AsSpan(offset, count), weights);
    }
}

/// <summary>The rows of a leaf, with their targets and weights in the same order.</summary>
internal readonly ref struct LeafRows(ReadOnlySpan<int> rows, ReadOnlySpan<double> targets, ReadOnlySpan<float> weights)
{
    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<double> Targets { get; } = targets;

    public ReadOnlySpan<float> Weights { get; } = weights;
}
