using System.Text;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Pipelines. One that was read can be written, and read again: model files hold what was written.</summary>
internal sealed class PipelineTarget : IFuzzTarget
{
    public string Name => "pipeline";

    public void Read(byte[] input)
    {
        var pipeline = PipelineReader.Parse(Encoding.UTF8.GetString(input), "input.json");
        var written = PipelineWriter.ToJson(pipeline);
        try
        {
            PipelineReader.Parse(written, "written.json");
        }
        catch (FeatureTransferException exception)
        {
            throw new InvalidOperationException($"What was read cannot be read again once it is written: {exception.Message}\n{written}", exception);
        }
    }
}
