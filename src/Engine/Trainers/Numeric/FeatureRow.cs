using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>The features of one row: all values, or the stored ones with their slots.</summary>
internal readonly ref struct FeatureRow(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, bool isDense)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public ReadOnlySpan<int> Indices { get; } = indices;

    public bool IsDense { get; } = isDense;

    public float NormSquared => TensorPrimitives.SumOfSquares(Values);

    public float Dot(ReadOnlySpan<float> weights)
    {
        if (IsDense)
            return TensorPrimitives.Dot(Values, weights);
        float sum = 0;
        for (int i = 0; i < Values.Length; i++)
            sum += Values[i] * weights[Indices[i]];
        return sum;
    }

    /// <summary>Adds this row, scaled, to <paramref name="target"/>.</summary>
    public void AddTo(float scale, Span<float> target)
    {
        if (IsDense)
        {
            TensorPrimitives.MultiplyAdd(Values, scale, target[..Values.Length], target[..Values.Length]);
            return;
        }
        for (int i = 0; i < Values.Length; i++)
            target[Indices[i]] += scale * Values[i];
    }

    public void CopyTo(Span<float> target)
    {
        if (IsDense)
        {
            Values.CopyTo(target);
            return;
        }
        target.Clear();
        for (int i = 0; i < Values.Length; i++)
            target[Indices[i]] = Values[i];
    }
}
