using System.Text;
using FeatureTransfer.Backbones;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Model cards. One that was read can be written, and read again.</summary>
internal sealed class CardTarget : IFuzzTarget
{
    public string Name => "card";

    public void Read(byte[] input)
    {
        var card = ModelCardReader.Read(Encoding.UTF8.GetString(input), "input.json");
        var written = ModelCardReader.Write(card);
        try
        {
            ModelCardReader.Read(written, "written.json");
        }
        catch (FeatureTransferException exception)
        {
            throw new InvalidOperationException($"What was read cannot be read again once it is written: {exception.Message}\n{written}", exception);
        }
    }
}
