namespace FeatureTransfer;

/// <summary>Reads what a file says how long it is: memory grows with what has come, not with what was said.</summary>
internal static class GrowingContent
{
    private const int FirstBytes = 1 << 20;

    /// <summary>Reads so many bytes.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="length">How many.</param>
    /// <param name="known">How many there are for certain, which spares copies while it grows. Default 0.</param>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static byte[] Read(Stream stream, int length, long known = 0)
    {
        var content = LargeArray.Allocate<byte>((int)Math.Min(length, Math.Max(known, FirstBytes)));
        for (var read = 0; ;)
        {
            stream.ReadExactly(content.AsSpan(read));
            read = content.Length;
            if (read == length)
                return content;
            var longer = LargeArray.Allocate<byte>((int)Math.Min(length, 2L * read));
            content.CopyTo(longer, 0);
            content = longer;
        }
    }
}
