using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>The two files of byte-level BPE; in the input a zero stands between the vocabulary and the merges.</summary>
internal sealed class BytePairTarget : IFuzzTarget
{
    public string Name => "tokenizer-bytepair";

    public void Read(byte[] input)
    {
        var (vocabulary, merges) = TwoParts.Of(input);
        TextTokenizers.Open(
            new TokenizerOptions { Kind = TokenizerKind.BytePair },
            [new TokenizerFile("vocab.json", vocabulary), new TokenizerFile("merges.txt", merges)]).Encode(TokenizerTarget.Text, []);
    }
}
