namespace FeatureTransfer.Inputs;

/// <summary>A preparation that makes one tensor of floats of each value, always of the same shape: it can be written straight into a batch.</summary>
internal abstract class FixedPreparation : Preparation
{
    /// <summary>The shape of a value's tensor, without the batch.</summary>
    public abstract long[] RowShape { get; }

    /// <summary>Writes a value's tensor.</summary>
    /// <param name="content">The value's content.</param>
    /// <param name="destination">Receives the floats, as many as <see cref="RowShape"/> says.</param>
    /// <param name="name">What to call the value in an error.</param>
    /// <exception cref="BadInputException">The content cannot be used.</exception>
    public abstract void Read(ReadOnlyMemory<byte> content, Span<float> destination, string name);
}
