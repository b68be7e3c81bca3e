namespace FeatureTransfer.Cascades;

/// <summary>Numbers in a shape, between stages of a cascade.</summary>
public sealed class CascadeTensor
{
    /// <summary>Wraps numbers.</summary>
    /// <param name="values">The numbers, the last dimension's beside one another; they are not copied.</param>
    /// <param name="shape">The sizes, outermost first.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than the shape says.</exception>
    public CascadeTensor(ReadOnlyMemory<float> values, params IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Aggregate(1L, (product, size) => product * size) != values.Length)
            throw new ArgumentException($"There are {values.Length} numbers for a tensor ({string.Join(", ", shape)}).", nameof(values));
        (Values, Shape) = (values, shape);
    }

    /// <summary>The numbers.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>The sizes, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The numbers of one entry of the first dimension.</summary>
    internal ReadOnlySpan<float> Row(int row) => Values.Span.Slice(row * (Values.Length / Shape[0]), Values.Length / Shape[0]);
}
