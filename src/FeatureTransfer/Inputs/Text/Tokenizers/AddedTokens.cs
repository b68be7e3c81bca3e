using System.Buffers;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Cuts texts at the tokens that stand for themselves, as Hugging Face does before anything else.</summary>
internal sealed class AddedTokens
{
    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<string> _contents;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.Where(token => token.Content.Length > 0).OrderByDescending(token => token.Content.Length)];
        _contents = SearchValues.Create([.. _longestFirst.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>Those of some tokens that a vocabulary has.</summary>
    public static AddedTokens Known(IReadOnlyDictionary<string, int> vocabulary, params IEnumerable<string> contents) =>
        new(contents.Where(vocabulary.ContainsKey).Select(content => new AddedToken(content, vocabulary[content], StripLeft: content == "<mask>")));

    /// <summary>The parts of a text: an added token, or what stands between two of them.</summary>
    public IEnumerable<(string Text, AddedToken? Token)> Split(string text)
    {
        AddedToken? left = null;
        for (var start = 0; start < text.Length;)
        {
            var place = text.AsSpan(start).IndexOfAny(_contents);
            var end = place < 0 ? text.Length : start + place;
            var right = place < 0 ? null : _longestFirst.First(token => text.AsSpan(end).StartsWith(token.Content, StringComparison.Ordinal));
            if (Between(text[start..end], left, right) is { Length: > 0 } between)
                yield return (between, null);
            if (right is not null)
                yield return (right.Content, right);
            (start, left) = (end + (right?.Content.Length ?? 0), right);
        }
    }

    private static string Between(string text, AddedToken? left, AddedToken? right)
    {
        text = left?.StripRight == true ? text.TrimStart() : text;
        return right?.StripLeft == true ? text.TrimEnd() : text;
    }
}
