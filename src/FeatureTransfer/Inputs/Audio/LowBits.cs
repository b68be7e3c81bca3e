namespace FeatureTransfer.Inputs.Audio;

/// <summary>Reads numbers of some bits, the low bit of each byte first.</summary>
internal sealed class LowBits(ReadOnlyMemory<byte> bytes)
{
    private readonly long _length = 8L * bytes.Length;
    private long _at;

    /// <summary>The next number.</summary>
    /// <param name="count">Its bits, 0 to 31.</param>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public int Read(int count)
    {
        var from = _at;
        Skip(count);
        var value = 0;
        for (var i = 0; i < count; i++)
            value |= ((bytes.Span[(int)((from + i) >> 3)] >> (int)((from + i) & 7)) & 1) << i;
        return value;
    }

    /// <summary>Passes over bits.</summary>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public void Skip(long count) => _at = count <= _length - _at ? _at + count : throw new InvalidDataException("its setup is cut short");
}
