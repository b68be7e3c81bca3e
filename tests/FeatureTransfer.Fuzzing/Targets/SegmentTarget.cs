using FeatureTransfer.Extraction;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Segments of the feature cache behind their header: damaged records are passed over, whole ones are read.</summary>
internal sealed class SegmentTarget : IFuzzTarget
{
    private static readonly Hash256 _scope = new(1, 2);
    private static readonly Guid _id = new("00000000-0000-0000-0000-000000000001");

    public string Name => "segment";

    public void Read(byte[] input)
    {
        var content = new byte[SegmentFormat.HeaderLength + input.Length];
        SegmentFormat.WriteHeader(content, _scope, _id);
        input.CopyTo(content, SegmentFormat.HeaderLength);
        using var file = new InputFile($"input{SegmentFormat.Extension}", content);
        using var segment = FeatureSegment.Open(file.Path, _scope) ?? throw new InvalidOperationException("The header that was written is not read.");
        foreach (var record in segment.Scan())
            segment.Read(record);
    }
}
