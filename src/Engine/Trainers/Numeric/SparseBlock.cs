namespace Microsoft.ML.Trainers;

/// <summary>Rows of which only the non-zero values are stored, with their slots.</summary>
internal sealed class SparseBlock(int start, int[] rowEnds, int[] indices, float[] values) : FeatureBlock(start, rowEnds.Length)
{
    public override FeatureRow Row(int row)
    {
        int from = row == 0 ? 0 : rowEnds[row - 1];
        return new(values.AsSpan(from, rowEnds[row] - from), indices.AsSpan(from, rowEnds[row] - from), isDense: false);
    }

    public override void Multiply(WeightMatrix weights, int row, int rows, Span<float> scores)
    {
        int outputs = weights.Outputs;
        var bySlot = weights.BySlot();
        for (int r = 0; r < rows; r++)
        {
            var target = scores.Slice(r * outputs, outputs);
            target.Clear();
            var source = Row(row + r);
            for (int i = 0; i < source.Values.Length; i++)
            {
                float value = source.Values[i];
                var slot = bySlot.AsSpan(source.Indices[i] * outputs, outputs);
                for (int k = 0; k < target.Length; k++)
                    target[k] += value * slot[k];
            }
        }
    }

    public override void AddProduct(ReadOnlySpan<float> multipliers, int row, int rows, GradientSum sum)
    {
        int outputs = sum.Outputs;
        var bySlot = sum.BySlot();
        for (int r = 0; r < rows; r++)
        {
            var from = multipliers.Slice(r * outputs, outputs);
            var source = Row(row + r);
            for (int i = 0; i < source.Values.Length; i++)
            {
                double value = source.Values[i];
                var slot = bySlot.AsSpan(source.Indices[i] * outputs, outputs);
                for (int k = 0; k < from.Length; k++)
                    slot[k] += value * from[k];
            }
        }
    }
}
