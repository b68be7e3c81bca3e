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
        TokenizerCases.AssertSame(ours, theirs, texts);
    }

    [Test]
    public void Encode_HundredThousandWords_GivesThemAll()
    {
        var text = string.Concat(Enumerable.Repeat("weather [SEP] ", 100_000));
        Assert.That(TokenizerCases.Ids(Open(true), text), Has.Count.EqualTo(200_000));
    }

    [Test]
    public void Encode_LongWordOfUnknownLetters_IsUnknown() => Assert.That(TokenizerCases.Ids(Open(true), new string('x', 101)), Is.EqualTo(new[] { 100 }));

    [Test]
    public void Encode_SpecialTokensInText_StandForThemselves() =>
        Assert.That(TokenizerCases.Ids(Open(true), "[MASK][PAD] [CLS][SEP][UNK]"), Is.EqualTo(new[] { 103, 0, 101, 102, 100 }));

    [TestCase("a\uD83Db")]
    [TestCase("\uDE00")]
    public void Encode_HalfASurrogatePair_IsLeftOut(string text) =>
        Assert.That(TokenizerCases.Ids(Open(true), text), Is.EqualTo(TokenizerCases.Ids(Open(true), text.Replace("\uD83D", "", StringComparison.Ordinal).Replace("\uDE00", "", StringComparison.Ordinal))));

    [Test]
    public void Encode_LinesWithCarriageReturns_GivesTheSameIds()
    {
        var lines = Encoding.UTF8.GetString(_vocabulary.Value).Replace("\r", "", StringComparison.Ordinal);
        var tokenizer = TokenizerCases.Open(TokenizerKind.WordPiece, "vocab.txt", Encoding.UTF8.GetBytes(lines.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.That(TokenizerCases.Ids(tokenizer, "naïve cats"), Is.EqualTo(TokenizerCases.Ids(Open(true), "naïve cats")));
    }

    [Test, SetCulture("tr-TR"), SetUICulture("tr-TR")]
    public void Encode_TurkishMachine_GivesTheSameIds() => Assert.That(TokenizerCases.Ids(Open(true), "TITLE"), Is.EqualTo(TokenizerCases.Ids(Open(true), "title")));

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

    private static TextTokenizer Open(bool lowerCase) => TextTokenizers.Open(new TokenizerOptions { LowerCase = lowerCase }, [new TokenizerFile("vocab.txt", _vocabulary.Value)]);

    private static JsonObject Json(bool lowerCase)
    {
        var tokens = Encoding.UTF8.GetString(_vocabulary.Value).Split('\n').Select(token => token.TrimEnd('\r')).Where(token => token.Length > 0);
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" }.Select(token => (JsonNode)TokenizerCases.Added(token, tokens.ToList().IndexOf(token)))]),
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
}
