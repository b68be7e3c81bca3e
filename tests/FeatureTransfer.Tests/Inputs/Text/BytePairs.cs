using System.Text;
using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>A small vocabulary of byte-level BPE: the bytes, and the pairs that a text has most often.</summary>
internal sealed class BytePairs
{
    private readonly List<(string Left, string Right)> _merges = [];
    private readonly List<string> _tokens = [.. Enumerable.Range(0, 256).Select(value => Letter(value).ToString())];

    public int Count => _tokens.Count;

    public static BytePairs Learn(string text, int merges)
    {
        var pairs = new BytePairs();
        var words = text.Split(' ').Select(word => Encoding.UTF8.GetBytes(" " + word).Select(value => Letter(value).ToString()).ToList()).ToList();
        while (pairs._merges.Count < merges)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First + group.Key.Second, StringComparer.Ordinal).First().Key;
            pairs._merges.Add(best);
            pairs._tokens.Add(best.First + best.Second);
            words.ForEach(word => Merge(word, best));
        }

        return pairs;
    }

    public IReadOnlyList<TokenizerFile> Files(params IReadOnlyList<string> specials) =>
    [
        new TokenizerFile("vocab.json", Encoding.UTF8.GetBytes(Vocabulary(specials).ToJsonString())),
        new TokenizerFile("merges.txt", Encoding.UTF8.GetBytes("#version: 0.2\n" + string.Join('\n', _merges.Select(merge => $"{merge.Left} {merge.Right}")) + "\n")),
    ];

    public JsonObject Json(bool addPrefixSpace) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(),
        ["normalizer"] = null,
        ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = addPrefixSpace, ["trim_offsets"] = true, ["use_regex"] = true },
        ["post_processor"] = null,
        ["decoder"] = null,
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null,
            ["unk_token"] = null,
            ["continuing_subword_prefix"] = "",
            ["end_of_word_suffix"] = "",
            ["fuse_unk"] = false,
            ["vocab"] = Vocabulary([]),
            ["merges"] = new JsonArray([.. _merges.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]),
        },
    };

    private static void Merge(List<string> word, (string First, string Second) pair)
    {
        for (var i = 0; i < word.Count - 1; i++)
        {
            if (word[i] == pair.First && word[i + 1] == pair.Second)
            {
                word[i] += word[i + 1];
                word.RemoveAt(i + 1);
            }
        }
    }

    private JsonObject Vocabulary(IReadOnlyList<string> specials) => new(_tokens.Concat(specials).Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));

    // GPT-2 writes bytes that are no letters as letters from 256 on.
    private static char Letter(int value)
    {
        var shown = Enumerable.Range('!', '~' - '!' + 1).Concat(Enumerable.Range('\u00A1', 12)).Concat(Enumerable.Range('\u00AE', 82)).ToList();
        return shown.Contains(value) ? (char)value : (char)(256 + Enumerable.Range(0, 256).Where(other => !shown.Contains(other)).TakeWhile(other => other != value).Count());
    }
}
