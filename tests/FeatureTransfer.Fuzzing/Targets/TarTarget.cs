using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>A tar, plain or compressed.</summary>
internal sealed class TarTarget : IFuzzTarget
{
    public string Name => "tar";

    public void Read(byte[] input)
    {
        using var stream = new MemoryStream(input);
        Archives.ReadAll(TarMembers.Read(stream, "input.tar"));
    }
}
