using System.Buffers.Binary;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Indexes beside segments, with a checksum that fits: what one says wrongly costs time and never features.</summary>
internal sealed class SegmentIndexTarget : IFuzzTarget
{
    private const int ChecksumAt = 40;
    private static readonly Hash256 _scope = new(1, 2);
    private static readonly Hash256 _content = new(3, 4);
    private static readonly Guid _id = new("00000000-0000-0000-0000-000000000001");
    private static readonly float[] _values = [1, 2];

    public string Name => "segment-index";

    public void Read(byte[] input)
    {
        using var file = new InputFile($"indexed{SegmentFormat.Extension}", Segment());
        using var index = new InputFile($"indexed{SegmentIndex.Extension}", Sealed(input));
        using var segment = FeatureSegment.Open(file.Path, _scope) ?? throw new InvalidOperationException("The header that was written is not read.");
        using var windows = new SegmentWindows();
        foreach (var record in SegmentIndex.Records(segment))
        {
            segment.Read(record);
            segment.TryRead(record, _content, new float[_values.Length], windows);
        }
    }

    private static byte[] Segment()
    {
        var content = new byte[SegmentFormat.HeaderLength + SegmentFormat.RecordLength(_values.Length)];
        SegmentFormat.WriteHeader(content, _scope, _id);
        var record = content.AsSpan(SegmentFormat.HeaderLength);
        SegmentFormat.WriteRecordHeader(record, _content, 0, _values);
        Buffer.BlockCopy(_values, 0, content, SegmentFormat.HeaderLength + SegmentFormat.RecordHeaderLength, _values.Length * sizeof(float));
        return content;
    }

    // The id begins at 8: the segment's own; the checksum is taken over zeros in its place.
    private static byte[] Sealed(byte[] input)
    {
        var index = input.ToArray();
        if (index.Length < ChecksumAt + sizeof(uint))
            return index;
        _id.TryWriteBytes(index.AsSpan(8));
        index.AsSpan(ChecksumAt, sizeof(uint)).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(index.AsSpan(ChecksumAt), Crc32C.Of(index));
        return index;
    }
}
