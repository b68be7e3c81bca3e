namespace Microsoft.ML.Trainers;

/// <summary>Consecutive rows of a training set.</summary>
internal abstract class FeatureBlock(int start, int count)
{
    /// <summary>The number of the first row in the training set.</summary>
    public int Start { get; } = start;

    public int Count { get; } = count;

    /// <summary>The row at this place of the block.</summary>
    public abstract FeatureRow Row(int row);

    /// <summary>Scores (rows, outputs) of some rows: their products with the weights, without biases.</summary>
    public abstract void Multiply(WeightMatrix weights, int row, int rows, Span<float> scores);

    /// <summary>Adds the product of multipliers (rows, outputs), transposed, and some rows.</summary>
    public abstract void AddProduct(ReadOnlySpan<float> multipliers, int row, int rows, GradientSum sum);
}
