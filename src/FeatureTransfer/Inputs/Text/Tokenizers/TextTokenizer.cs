namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Text to token ids. Safe to use from several threads.</summary>
internal abstract class TextTokenizer
{
    /// <summary>The tokens around texts.</summary>
    public abstract SpecialTokens Specials { get; }

    /// <summary>How many tokens the vocabulary has.</summary>
    public abstract int Count { get; }

    /// <summary>Adds the ids of a text, without special tokens.</summary>
    public abstract void Encode(string text, List<int> ids);
}
