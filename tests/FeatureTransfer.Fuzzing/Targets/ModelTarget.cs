using FeatureTransfer.Models;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Model files. Where a seal stands it is made to fit, as somebody who changes a file on purpose would do it.</summary>
internal sealed class ModelTarget : IFuzzTarget
{
    public string Name => "model";

    public void Read(byte[] input)
    {
        var content = input.ToArray();
        if (content.Length > ModelSeal.Blank.Length && ModelSeal.Read(content).All(char.IsAsciiHexDigitLower))
            ModelSeal.Close(content);
        using var file = ModelFile.Read(content, "input.ftm");
        foreach (var graph in file.Graphs())
            _ = graph.ToString();
    }
}
