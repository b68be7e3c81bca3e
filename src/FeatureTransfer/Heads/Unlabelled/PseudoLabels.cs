using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>Labels that rows were given by a classifier.</summary>
/// <param name="rows">The features, (rows, dimension).</param>
/// <param name="dimension">Features a row.</param>
/// <param name="labels">The label of each row, -1 for none; empty before there are any.</param>
internal sealed class PseudoLabels(float[] rows, int dimension, int[] labels)
{
    public int[] Labels => labels;

    /// <summary>How many rows have one.</summary>
    public int Count => labels.Count(label => label >= 0);

    /// <summary>The labels that a classifier is sure of.</summary>
    /// <param name="decision">The classifier.</param>
    /// <param name="threshold">The probability from which on it is.</param>
    public PseudoLabels Again(LinearDecision decision, double threshold) =>
        new(rows, dimension, [.. Enumerable.Range(0, rows.Length / dimension).Select(row => Sure(decision.Logits(Row(row)), threshold))]);

    /// <summary>Labelled rows with those behind them that have a label by now.</summary>
    public LabelledFeatures Beside(LabelledFeatures known)
    {
        int[] sure = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] >= 0)];
        var values = new float[known.Values.Length + (sure.Length * dimension)];
        known.Values.CopyTo(values, 0);
        for (var i = 0; i < sure.Length; i++)
            Row(sure[i]).CopyTo(values.AsSpan(known.Values.Length + (i * dimension)));
        return new LabelledFeatures(values, dimension, [.. known.Labels, .. sure.Select(row => labels[row])], known.Classes);
    }

    private static int Sure(float[] logits, double threshold)
    {
        TensorPrimitives.SoftMax(logits, logits);
        var best = TensorPrimitives.IndexOfMax<float>(logits);
        return logits[best] >= threshold ? best : -1;
    }

    private ReadOnlySpan<float> Row(int row) => rows.AsSpan(row * dimension, dimension);
}
