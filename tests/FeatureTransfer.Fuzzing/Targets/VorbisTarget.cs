using System.Buffers.Binary;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Vorbis in Ogg; the checksums of pages are written anew, so that what is in them reaches the decoder.</summary>
internal sealed class VorbisTarget : IFuzzTarget
{
    private const int HeaderBytes = 27, ChecksumAt = 22, SegmentsAt = 26;
    private readonly AudioTarget _decoder = new("vorbis");

    public string Name => _decoder.Name;

    public void Read(byte[] input)
    {
        for (var rest = input.AsSpan(); rest.IndexOf("OggS"u8) is >= 0 and var at && at + HeaderBytes <= rest.Length;)
        {
            var page = rest[at..];
            var segments = page.Slice(HeaderBytes, Math.Min(page[SegmentsAt], page.Length - HeaderBytes));
            var length = HeaderBytes + segments.Length;
            foreach (var segment in segments)
                length += segment;
            length = Math.Min(length, page.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(page[ChecksumAt..], OggPages.Checksum(page[..length]));
            rest = page[length..];
        }

        _decoder.Read(input);
    }
}
