namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// How many rows of an image are computed at a time. They are fetched through a region, on the calling thread: whole images go through
/// libvips' thread pool, whose hand-overs cost small images more than their pixels do.
/// </summary>
internal static class PixelStrips
{
    // Stays in a core's cache, and below the 128 KB from which on glibc maps memory anew each time.
    private const int StripBytes = 80 << 10;

    // Decoders work in blocks of 8 or 16 rows.
    private const int BlockRows = 16;

    /// <summary>Rows of a strip.</summary>
    /// <param name="rowBytes">The bytes of one row.</param>
    public static int Rows(int rowBytes)
    {
        var rows = Math.Max(1, StripBytes / rowBytes);
        return rows > BlockRows ? rows / BlockRows * BlockRows : rows;
    }
}
