using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The rows to train on, in memory in single precision. Rows with a missing label, or with a feature or weight that is
/// not finite, are left out, as ML.NET leaves them out.
/// </summary>
internal sealed class TrainingSet
{
    private TrainingSet(int features, FeatureBlock[] blocks, float[] labels, float[]? weights, long skipped)
    {
        Features = features;
        Blocks = blocks;
        Labels = labels;
        Weights = weights;
        Skipped = skipped;
        WeightSum = weights is null ? labels.Length : Sum(weights);
    }

    public int Features { get; }

    public FeatureBlock[] Blocks { get; }

    /// <summary>The label of each row; a key as its number from 0, a boolean as 0 or 1.</summary>
    public float[] Labels { get; }

    /// <summary>The weight of each row, or null where all are 1.</summary>
    public float[]? Weights { get; }

    public int Count => Labels.Length;

    public double WeightSum { get; }

    /// <summary>How many rows were left out.</summary>
    public long Skipped { get; }

    public float Weight(int row) => Weights is null ? 1 : Weights[row];

    public FeatureRow Row(int row)
    {
        // All blocks but the last have one size.
        var block = Blocks[row / Blocks[0].Count];
        if (row < block.Start || row >= block.Start + block.Count)
            block = Blocks[Array.FindLastIndex(Blocks, b => b.Start <= row)];
        return block.Row(row - block.Start);
    }

    /// <summary>The same rows with other labels; those labelled NaN keep their place with weight 0.</summary>
    public TrainingSet WithLabels(float[] labels) => new(Features, Blocks, labels, Weights, Skipped);

    /// <summary>The same rows with other weights.</summary>
    public TrainingSet WithWeights(float[] weights) => new(Features, Blocks, Labels, weights, Skipped);

    public TrainingSet Require(string problem) => Count > 0 ? this : throw new InvalidOperationException(problem);

    /// <summary>Rows with weights and without labels.</summary>
    public static TrainingSet Of(float[][] rows, float[] weights)
    {
        var blocks = new BlockBuilder(rows[0].Length);
        foreach (var row in rows)
            blocks.Add(new VBuffer<float>(row.Length, row));
        return new(rows[0].Length, blocks.ToBlocks(), new float[rows.Length], weights, 0);
    }

    public static TrainingSet Read(
        IDataView data, DataViewSchema.Column features, DataViewSchema.Column? label, DataViewSchema.Column? weight)
    {
        DataViewSchema.Column[] columns = [features, .. new[] { label, weight }.OfType<DataViewSchema.Column>()];
        using var cursor = Batches.Open(data, columns);
        var rows = cursor.Column<VBuffer<float>>(features);
        var readLabel = label is { } l ? NumberReader.Create(cursor.Column(l.Index), l.Type) : null;
        var readWeight = weight is { } w ? NumberReader.Create(cursor.Column(w.Index), w.Type) : null;
        int size = ((VectorDataViewType)features.Type).Size;
        var blocks = new BlockBuilder(size);
        var labels = new List<float>();
        var weights = readWeight is null ? null : new List<float>();
        long skipped = 0;
        int batch = Batches.GoodRows(data.Schema, Batches.Active(data.Schema, columns));
        while (cursor.MoveNext(batch))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                float y = readLabel is null ? 0 : readLabel(i);
                float rowWeight = readWeight is null ? 1 : readWeight(i);
                if (float.IsNaN(y) || !float.IsFinite(rowWeight) || !AllFinite(rows.Values[i].GetValues()))
                {
                    skipped++;
                    continue;
                }
                blocks.Add(in rows.Values[i]);
                labels.Add(y);
                weights?.Add(rowWeight);
            }
        }
        return new(size, blocks.ToBlocks(), [.. labels], weights?.ToArray(), skipped);
    }

    // One vectorised pass for the common case.
    private static bool AllFinite(ReadOnlySpan<float> values) => float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)) || ScanFinite(values);

    // A sum may overflow where every value is finite.
    private static bool ScanFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value))
                return false;
        return true;
    }

    private static double Sum(float[] values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
