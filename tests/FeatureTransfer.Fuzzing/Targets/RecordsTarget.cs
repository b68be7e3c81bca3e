using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Records in JSON: one object a line, or where the input begins with a bracket, a list.</summary>
internal sealed class RecordsTarget : IFuzzTarget
{
    public string Name => "records";

    public void Read(byte[] input)
    {
        using var file = new InputFile("input.json", input);
        var context = new SourceContext(null, new RejectedRowCollector(), CancellationToken.None);
        if (input is [(byte)'[', ..])
            JsonRecords.ReadArray(file.Path, context);
        else
            JsonRecords.ReadLines(file.Path, context);
    }
}
