using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Byte-level BPE (Radford and others, 2019), as GPT-2 and RoBERTa have it.</summary>
internal sealed class BytePairTokenizer : TextTokenizer
{
    private readonly BpeTokenizer _tokenizer;
    private readonly bool _addPrefixSpace;

    public BytePairTokenizer(IReadOnlyDictionary<string, int> vocabulary, IEnumerable<string> merges, SpecialTokens? specials, bool addPrefixSpace)
    {
        _addPrefixSpace = addPrefixSpace;
        _tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary) { Merges = merges, ByteLevel = true, PreTokenizer = new Gpt2Words() });
        Count = vocabulary.Count;
        Specials = specials ?? Usual(vocabulary);
    }

    public override SpecialTokens Specials { get; }

    public override int Count { get; }

    /// <summary>Opens the files that GPT-2 and RoBERTa come with; which of them it is tell the special tokens.</summary>
    public static BytePairTokenizer Open(TokenizerFile vocabulary, TokenizerFile merges)
    {
        using var stream = vocabulary.Open();
        var known = JsonSerializer.Deserialize<Dictionary<string, int>>(stream) ?? throw new FeatureTransferException($"{vocabulary.Name}: is empty. Expected an object of tokens and their ids.");
        var lines = Encoding.UTF8.GetString(merges.Content.Span).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal));
        return new BytePairTokenizer(known, lines, null, addPrefixSpace: false);
    }

    public override void Encode(string text, List<int> ids) => ids.AddRange(_tokenizer.EncodeToIds(_addPrefixSpace && text.Length > 0 && text[0] != ' ' ? " " + text : text));

    private static SpecialTokens Usual(IReadOnlyDictionary<string, int> vocabulary)
    {
        if (vocabulary.TryGetValue("<s>", out var start) && vocabulary.TryGetValue("</s>", out var end))
            return new SpecialTokens([start], [end, end], [end], vocabulary.GetValueOrDefault("<pad>", end), SegmentIds: false);
        return new SpecialTokens([], [], [], vocabulary.GetValueOrDefault("<|endoftext|>", 0), SegmentIds: false);
    }
}
