using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Vocabularies of one file, and a text that is cut by them.</summary>
internal sealed class TokenizerTarget(TokenizerKind kind, string file) : IFuzzTarget
{
    /// <summary>Letters with accents, other scripts, signs, digits and a symbol of two code units.</summary>
    public const string Text = "Hello, wörld 42! 日本 \U0001F600  a\u0301b [MASK]";

    public string Name => $"tokenizer-{kind.ToString().ToLowerInvariant()}";

    public void Read(byte[] input) =>
        TextTokenizers.Open(new TokenizerOptions { Kind = kind }, [new TokenizerFile(file, input)]).Encode(Text, []);
}
