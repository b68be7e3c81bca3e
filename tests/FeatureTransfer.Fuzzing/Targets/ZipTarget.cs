using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>The directory of a zip, and its members.</summary>
internal sealed class ZipTarget : IFuzzTarget
{
    public string Name => "zip";

    public void Read(byte[] input)
    {
        using var file = new InputFile("input.zip", input);
        Archives.ReadAll(ZipMembers.Read(file.Path));
    }
}
