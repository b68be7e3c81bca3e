using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The rows that components are found in: passes over a vector column, with weights if there are any.</summary>
internal sealed class ComponentRows
{
    private readonly CachedView _view;
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column? _weights;

    public ComponentRows(IDataView data, DataViewSchema.Column features, DataViewSchema.Column? weights)
    {
        // Several passes are made: the two columns are kept in memory.
        _view = new(data, []);
        _features = features;
        _weights = weights;
        Features = ((VectorDataViewType)features.Type).Size;
    }

    public int Features { get; }

    /// <summary>The weighted mean of each feature, and the sum of the weights.</summary>
    public (double[] Mean, double Total) Mean()
    {
        var sum = new double[Features];
        double total = 0;
        ForEach((row, weight) =>
        {
            TensorPrimitives.MultiplyAdd(row, weight, sum, sum);
            total += weight;
        });
        if (total > 0)
            TensorPrimitives.Divide(sum, total, sum);
        return (sum, total);
    }

    /// <summary>The covariance times each vector: the mean over rows of row times (row . vector), less mean times (mean . vector).</summary>
    public double[][] Covariance(double[][] vectors, double[] mean, double total)
    {
        var image = vectors.Select(_ => new double[Features]).ToArray();
        ForEach((row, weight) =>
        {
            for (int i = 0; i < vectors.Length; i++)
                TensorPrimitives.MultiplyAdd(row, weight * TensorPrimitives.Dot(row, vectors[i]), image[i], image[i]);
        });
        for (int i = 0; i < vectors.Length; i++)
        {
            TensorPrimitives.Divide(image[i], total, image[i]);
            TensorPrimitives.MultiplyAdd(mean, -TensorPrimitives.Dot<double>(mean, vectors[i]), image[i], image[i]);
        }
        return image;
    }

    private void ForEach(RowAction action)
    {
        using var cursor = _weights is { } column ? Batches.Open(_view, _features, column) : Batches.Open(_view, _features);
        var rows = cursor.Column<VBuffer<float>>(_features);
        var weights = _weights is { } weight ? cursor.Column<float>(weight) : null;
        var single = new float[Features];
        var row = new double[Features];
        while (cursor.MoveNext(Batches.MaxRows))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                rows.Values[i].CopyTo(single);
                float w = weights?.Values[i] ?? 1;
                if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(single)) || !float.IsFinite(w))
                    continue;
                TensorPrimitives.ConvertTruncating<float, double>(single, row);
                action(row, w);
            }
        }
    }

    private delegate void RowAction(ReadOnlySpan<double> row, double weight);
}
