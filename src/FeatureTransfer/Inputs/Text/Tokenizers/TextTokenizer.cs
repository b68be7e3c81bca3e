using System.Text;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Text to token ids. Safe to use from several threads.</summary>
/// <param name="added">The tokens that stand for themselves.</param>
internal abstract class TextTokenizer(AddedTokens added)
{
    /// <summary>The tokens around texts.</summary>
    public abstract SpecialTokens Specials { get; }

    /// <summary>How many tokens the vocabulary has.</summary>
    public abstract int Count { get; }

    /// <summary>Adds the ids of a text, without the tokens around it. Half a surrogate pair is read as U+FFFD.</summary>
    public void Encode(string text, List<int> ids)
    {
        var isFirst = true;
        foreach (var (part, token) in added.Split(WithoutHalves(text)))
        {
            if (token is not null)
                ids.Add(token.Id);
            else
                EncodePart(part, isFirst, ids);
            isFirst = false;
        }
    }

    /// <summary>Adds the ids of a text without added tokens.</summary>
    /// <param name="text">The text, valid and not empty.</param>
    /// <param name="isFirst">Whether it begins the whole text.</param>
    /// <param name="ids">Where the ids go.</param>
    protected abstract void EncodePart(string text, bool isFirst, List<int> ids);

    private static string WithoutHalves(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
