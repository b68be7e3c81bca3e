using System.Security.Cryptography;
using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Checkpoints of fine-tuning with a hash that fits what was changed.</summary>
internal sealed class CheckpointTarget : IFuzzTarget
{
    public string Name => "checkpoint";

    public void Read(byte[] input)
    {
        using var file = new InputFile("input.checkpoint", [.. input, .. SHA256.HashData(input)]);
        CheckpointFile.Read(file.Path);
    }
}
