using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>A worker's memory for encoded files, used again for each.</summary>
internal sealed class EncodedBuffer
{
    // What a huge file needed is not kept for the next.
    private const int MaxKept = 1 << 24;

    private byte[] _bytes = [];

    /// <summary>The bytes of an input; those of a file are good until the next call.</summary>
    /// <exception cref="BadInputException">The path is empty, or the file is missing or cannot be read.</exception>
    public ReadOnlyMemory<byte> Read(FeatureInput input)
    {
        if (input.Bytes is { } bytes)
            return bytes;
        if (input.Name.Length == 0)
            throw new BadInputException("(empty path)", "the row has no path");
        if (_bytes.Length > MaxKept)
            _bytes = [];
        var length = ImageFile.ReadInto(input.Name, ref _bytes);
        return _bytes.AsMemory(0, length);
    }
}
