namespace Microsoft.ML.Trainers;

/// <summary>Rows that lie one after the other, all values stored.</summary>
internal sealed class DenseBlock(int start, int count, int features, float[] values) : FeatureBlock(start, count)
{
    public override FeatureRow Row(int row) => new(values.AsSpan(row * features, features), default, isDense: true);

    public override void Multiply(WeightMatrix weights, int row, int rows, Span<float> scores) =>
        DenseKernels.MultiplyTransposed(values.AsSpan(row * features, rows * features), weights.Values, features, scores);

    public override void AddProduct(ReadOnlySpan<float> multipliers, int row, int rows, GradientSum sum)
    {
        // Single precision over a few rows only: the running total is in double.
        var tile = sum.Tile;
        Array.Clear(tile);
        DenseKernels.AddOuterProducts(multipliers, values.AsSpan(row * features, rows * features), features, tile);
        sum.AddTile();
    }
}
