using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Byte-level BPE (Radford and others, 2019), as GPT-2 and RoBERTa have it.</summary>
internal sealed class BytePairTokenizer : TextTokenizer
{
    private readonly BpeTokenizer _tokenizer;
    private readonly bool _addPrefixSpace;

    /// <summary>Makes a tokenizer.</summary>
    /// <param name="vocabulary">Tokens and their ids.</param>
    /// <param name="merges">The pairs that become one token, the first ones first.</param>
    /// <param name="specials">The tokens around texts.</param>
    /// <param name="added">The tokens that stand for themselves.</param>
    /// <param name="addPrefixSpace">Whether texts, and what follows an added token, begin with a space.</param>
    public BytePairTokenizer(IReadOnlyDictionary<string, int> vocabulary, IEnumerable<string> merges, SpecialTokens specials, AddedTokens added, bool addPrefixSpace)
        : base(added)
    {
        _addPrefixSpace = addPrefixSpace;
        _tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary) { Merges = merges, ByteLevel = true, PreTokenizer = new Gpt2Words() });
        (Specials, Count) = (specials, vocabulary.Count);
    }

    public override SpecialTokens Specials { get; }

    public override int Count { get; }

    /// <summary>Opens the files that GPT-2 and RoBERTa come with; a vocabulary with <c>&lt;s&gt;</c> is RoBERTa's.</summary>
    public static BytePairTokenizer Open(TokenizerFile vocabulary, TokenizerFile merges)
    {
        using var document = JsonDocument.Parse(vocabulary.Content);
        var known = new JsonPart(vocabulary.Name, "$", document.RootElement).Ids();
        var added = AddedTokens.Known(known, "<s>", "<pad>", "</s>", "<unk>", "<mask>", "<|endoftext|>");
        return new BytePairTokenizer(known, Merges(merges, known), Usual(known), added, addPrefixSpace: false);
    }

    protected override void EncodePart(string text, bool isFirst, List<int> ids) => ids.AddRange(_tokenizer.EncodeToIds(_addPrefixSpace && text[0] != ' ' ? " " + text : text));

    private static List<string> Merges(TokenizerFile file, Dictionary<string, int> vocabulary)
    {
        var (lines, merges) = (file.Lines(), new List<string>());
        for (var i = lines.Count > 0 && lines[0].StartsWith("#version", StringComparison.Ordinal) ? 1 : 0; i < lines.Count; i++)
        {
            if (lines[i].Split(' ') is not [var left, var right] || !vocabulary.ContainsKey(left + right))
                throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"{file.Name}, line {i + 1}: is '{lines[i]}'. Expected two tokens with a space between, which together are a token of the vocabulary."));
            merges.Add(lines[i]);
        }

        return merges;
    }

    private static SpecialTokens Usual(Dictionary<string, int> vocabulary)
    {
        if (vocabulary.TryGetValue("<s>", out var start) && vocabulary.TryGetValue("</s>", out var end))
            return new SpecialTokens([start], [end, end], [end], vocabulary.GetValueOrDefault("<pad>", end), SegmentIds: false);
        return new SpecialTokens([], [], [], vocabulary.GetValueOrDefault("<|endoftext|>", 0), SegmentIds: false);
    }
}
