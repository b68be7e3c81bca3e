using System.Text;
using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>Holds WordPiece against Hugging Face's own tokenizer, with MiniLM's vocabulary.</summary>
public class WordPieceTokenizerTests
{
    private static readonly Lazy<byte[]> _vocabulary = new(() => File.ReadAllBytes(Pulled.Backbone("minilm_l6.sbert").TokenizerPaths[0]));

    [Test]
    public void Encode_TextsInTenScripts_GivesTheIdsOfHuggingFace([Values] bool lowerCase)
    {
        var (texts, ours) = (OddTexts.Lines(2000, 11), Open(lowerCase));
        var theirs = TokenizersInNode.Encode(Json(lowerCase), new JsonObject(), texts);
        var wrong = texts.Select((text, i) => (text, ours: Ids(ours, text), theirs: theirs[i])).Where(line => !line.ours.SequenceEqual(line.theirs)).ToList();
        Assert.That(wrong, Is.Empty, string.Join("\n", wrong.OrderBy(line => line.text.Length).Take(40).Select(line => $"{Escape(line.text)}\n   ours {string.Join(' ', line.ours)}\n   their {string.Join(' ', line.theirs)}")));
    }

    [Test]
    public void Encode_HundredThousandWords_GivesThemAll()
    {
        var text = string.Concat(Enumerable.Repeat("weather [SEP] ", 100_000));
        Assert.That(Ids(Open(true), text), Has.Count.EqualTo(200_000));
    }

    [Test]
    public void Encode_LongWordOfUnknownLetters_IsUnknown() => Assert.That(Ids(Open(true), new string('x', 101)), Is.EqualTo(new[] { 100 }));

    [Test]
    public void Specials_AreBerts()
    {
        var specials = Open(true).Specials;
        Assert.That((specials.Start[0], specials.Between[0], specials.End[0], specials.Pad, specials.SegmentIds), Is.EqualTo((101, 102, 102, 0, true)));
    }

    [TestCase("", "is empty")]
    [TestCase("a\nb\n", "[UNK]")]
    public void Open_NoVocabulary_SaysWhatIsMissing(string content, string fault) => Assert.That(
        () => TextTokenizers.Open(new TokenizerOptions(), [new TokenizerFile("vocab.txt", Encoding.UTF8.GetBytes(content))]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("vocab.txt").And.Message.Contains(fault));

    private static string Escape(string text) => string.Concat(text.Select(letter => letter is >= ' ' and < (char)127 ? letter.ToString() : $"\\u{(int)letter:X4}"));

    private static List<int> Ids(TextTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }

    private static TextTokenizer Open(bool lowerCase) => TextTokenizers.Open(new TokenizerOptions { LowerCase = lowerCase }, [new TokenizerFile("vocab.txt", _vocabulary.Value)]);

    private static JsonObject Json(bool lowerCase)
    {
        var tokens = Encoding.UTF8.GetString(_vocabulary.Value).Split('\n').Select(token => token.TrimEnd('\r')).Where(token => token.Length > 0);
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" }.Select(token => Added(token, tokens.ToList().IndexOf(token)))]),
            ["normalizer"] = new JsonObject { ["type"] = "BertNormalizer", ["clean_text"] = true, ["handle_chinese_chars"] = true, ["strip_accents"] = null, ["lowercase"] = lowerCase },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = null,
            ["decoder"] = null,
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
            },
        };
    }

    private static JsonNode Added(string token, int id) => new JsonObject
    {
        ["id"] = id,
        ["content"] = token,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = true,
    };
}
