using System.Text;
using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>What the tests of tokenizers share.</summary>
internal static class TokenizerCases
{
    public static TextTokenizer Open(TokenizerKind kind, string name, byte[] content) => TextTokenizers.Open(new TokenizerOptions { Kind = kind }, [new TokenizerFile(name, content)]);

    public static TextTokenizer Open(JsonNode json) => Open(TokenizerKind.HuggingFace, "tokenizer.json", Encoding.UTF8.GetBytes(json.ToJsonString()));

    public static List<int> Ids(TextTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }

    public static JsonObject Added(string content, int id, bool stripsLeft = false, bool stripsRight = false, bool special = true) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = stripsLeft,
        ["rstrip"] = stripsRight,
        ["normalized"] = false,
        ["special"] = special,
    };

    public static void AssertSame(TextTokenizer tokenizer, int[][] theirs, IReadOnlyList<string> texts)
    {
        var wrong = texts.Select((text, i) => (text, ours: Ids(tokenizer, text), theirs: theirs[i])).Where(line => !line.ours.SequenceEqual(line.theirs)).ToList();
        Assert.That(wrong, Is.Empty, string.Join("\n", wrong.OrderBy(line => line.text.Length).Take(20).Select(line => $"{Escape(line.text)}\n   ours {string.Join(' ', line.ours)}\n   theirs {string.Join(' ', line.theirs)}")));
    }

    private static string Escape(string text) => string.Concat(text.Select(letter => letter is >= ' ' and < (char)127 ? letter.ToString() : $"\\u{(int)letter:X4}"));
}
