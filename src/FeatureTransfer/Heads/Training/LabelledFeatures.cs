namespace FeatureTransfer.Heads;

/// <summary>Features and classes in memory. Classes count from 0, and each has a row.</summary>
/// <param name="values">The features, (rows, dimension).</param>
/// <param name="dimension">Features a row.</param>
/// <param name="labels">The class of each row.</param>
/// <param name="classes">How many classes there are.</param>
internal sealed class LabelledFeatures(float[] values, int dimension, int[] labels, int classes)
{
    public int Count => labels.Length;

    public int Dimension => dimension;

    public int Classes => classes;

    public float[] Values => values;

    public int[] Labels => labels;

    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * dimension, dimension);

    /// <summary>Some of the rows; of each class there must be one.</summary>
    public LabelledFeatures Pick(IReadOnlyList<int> rows)
    {
        var picked = new float[rows.Count * dimension];
        for (var i = 0; i < rows.Count; i++)
            Row(rows[i]).CopyTo(picked.AsSpan(i * dimension));
        return new LabelledFeatures(picked, dimension, [.. rows.Select(row => labels[row])], classes);
    }
}
