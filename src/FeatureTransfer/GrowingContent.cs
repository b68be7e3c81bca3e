namespace FeatureTransfer;

/// <summary>Reads what a file says how long it is: memory grows with what has come, not with what was said.</summary>
internal static class GrowingContent
{
    private const int FirstBytes = 1 << 20;

    /// <summary>Reads so many bytes.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static byte[] Read(Stream stream, int length)
    {
        var content = new byte[Math.Min(length, FirstBytes)];
        for (var read = 0; ;)
        {
            stream.ReadExactly(content.AsSpan(read));
            read = content.Length;
            if (read == length)
                return content;
            Array.Resize(ref content, (int)Math.Min(length, 2L * read));
        }
    }
}
