namespace FeatureTransfer.Inputs.Audio;

/// <summary>Puts packets together from the pages that they lie in (RFC 3533): a piece shorter than 255 bytes is the last of its packet.</summary>
internal static class OggPackets
{
    private const int SegmentsAt = 26, HeaderBytes = 27, Longest = 255;

    /// <summary>The first packets of whole pages, as many as there are up to a number.</summary>
    public static IReadOnlyList<byte[]> First(ReadOnlySpan<byte> pages, int count)
    {
        var (packets, packet) = (new List<byte[]>(), new List<byte>());
        while (!pages.IsEmpty && packets.Count < count)
        {
            var segments = pages.Slice(HeaderBytes, pages[SegmentsAt]);
            pages = pages[(HeaderBytes + segments.Length)..];
            foreach (var length in segments)
            {
                packet.AddRange(pages[..length]);
                pages = pages[length..];
                if (length == Longest || packets.Count == count)
                    continue;
                packets.Add([.. packet]);
                packet.Clear();
            }
        }

        return packets;
    }
}
