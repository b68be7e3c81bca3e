using System.Buffers;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>
/// Finds the frames of MPEG audio, so that the decoder is given these and nothing else: between frames it looks for tags and for RIFF headers, and
/// believes the lengths in them, up to memory without end and a loop without one.
/// </summary>
internal static class Mp3Frames
{
    private const int HeaderBytes = 4, ChecksumFree = 1, TableAt = 36;

    // Kilobits a second by the index in the header: of version 1 the layers 1 to 3, of the others layer 1, and 2 and 3.
    private static readonly int[][] _rates =
    [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    /// <summary>The whole frames, one behind the other.</summary>
    /// <exception cref="InvalidDataException">There are none.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> encoded)
    {
        var frames = new ArrayBufferWriter<byte>(Math.Max(1, encoded.Length));
        var (last, end) = (0, -1);
        for (var at = 0; at + HeaderBytes <= encoded.Length;)
        {
            var length = Length(encoded[at..]);

            // Behind a frame of its kind a header is one; what looks like it elsewhere is one when another follows.
            if (length == 0 || length > encoded.Length - at || !((at == end && AreAlike(encoded[last..], encoded[at..])) || IsFollowed(encoded[at..], length)))
            {
                at++;
                continue;
            }

            Add(frames, encoded.Slice(at, length));
            (last, at) = (at, at + length);
            end = at;
        }

        return frames.WrittenCount > 0 ? frames.WrittenMemory : throw new InvalidDataException("it has no two whole frames of MPEG audio behind each other");
    }

    private static void Add(ArrayBufferWriter<byte> frames, ReadOnlySpan<byte> frame)
    {
        // A frame that holds a table of places instead of sound; the decoder takes its size for given.
        if (frames.WrittenCount == 0 && frame.Length > TableAt && frame[TableAt..].StartsWith("VBRI"u8))
            return;
        frame.CopyTo(frames.GetSpan(frame.Length));
        var written = frames.GetSpan(frame.Length)[..frame.Length];
        frames.Advance(frame.Length);

        // Where the checksum is wrong the decoder goes on within the frame, and would find tags there.
        if ((frame[1] & ChecksumFree) == 0)
        {
            for (var tag = Tag(written); tag >= 0; tag = Tag(written))
                written[tag] ^= 1;
        }
    }

    private static int Tag(ReadOnlySpan<byte> frame) => frame.IndexOf("ID3"u8) is >= 0 and var place ? place : frame.IndexOf("TAG"u8);

    private static bool IsFollowed(ReadOnlySpan<byte> bytes, int length) => bytes.Length == length
        || (bytes.Length >= length + HeaderBytes && Length(bytes[length..]) > 0 && AreAlike(bytes, bytes[length..]));

    // Of one version, layer and rate of samples.
    private static bool AreAlike(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => (first[1] & 0xFE) == (second[1] & 0xFE) && (first[2] & 0x0C) == (second[2] & 0x0C);

    // By ISO 11172-3 and 13818-3; 0 is no header that the decoder takes.
    private static int Length(ReadOnlySpan<byte> header)
    {
        var (version, layer) = ((header[1] >> 3) & 3, 4 - ((header[1] >> 1) & 3));
        var (rate, samples) = (header[2] >> 4, (header[2] >> 2) & 3);
        if (header[0] != 0xFF || header[1] < 0xE0 || version == 1 || layer == 4 || rate is 0 or 15 || samples == 3 || !IsMode(header[3]))
            return 0;
        var kilobits = _rates[version == 3 ? layer - 1 : layer == 1 ? 3 : 4][rate];
        var frequency = (samples switch { 0 => 44100, 1 => 48000, _ => 32000 }) / (version switch { 3 => 1, 2 => 2, _ => 4 });
        var padding = (header[2] >> 1) & 1;
        if (layer == 1)
            return ((12000 * kilobits / frequency) + padding) * 4;
        var isMono = header[3] >> 6 == 3;
        if (layer == 2 && (isMono ? kilobits is 224 or 256 or 320 or 384 : kilobits is 32 or 48 or 56 or 80))
            return 0;
        return ((layer == 3 && version != 3 ? 72000 : 144000) * kilobits / frequency) + padding;
    }

    // Stereo, joint stereo with any extension, two channels, or one.
    private static bool IsMode(byte last) => (last >> 4) is 0 or (>= 4 and <= 8) or 12;
}
