using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>Holds SentencePiece against Hugging Face's own tokenizer, and its odd cases against ids found with SentencePiece's own programs.</summary>
public class PieceTokenizerTests
{
    private static readonly Lazy<List<(string Text, float Score)>> _pieces = new(() => PieceModels.Learn(OddTexts.Lines(400, 6), 900));

    private static readonly (string Text, float Score)[] _few = [(PieceModels.Space, -2), ("a", -3), ("b", -3.5f), ("\u2581a", -4), ("ab", -4.2f)];

    [Test]
    public void Encode_ModelFile_GivesTheIdsOfHuggingFace()
    {
        var texts = OddTexts.Lines(2000, 14);
        var words = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(Collapse()) };
        var theirs = TokenizersInNode.Encode(PieceModels.Json(_pieces.Value, words, Metaspace("always")), new JsonObject(), [.. texts.Select(text => text.Trim(' '))]);
        TokenizerCases.AssertSame(Open(PieceModels.Model(_pieces.Value)), theirs, texts);
    }

    [TestCase("always")]
    [TestCase("first")]
    [TestCase("never")]
    public void Encode_TokenizerJson_GivesTheIdsOfHuggingFace(string scheme)
    {
        var texts = OddTexts.Lines(700, 15);
        var json = PieceModels.Json(_pieces.Value, null, Metaspace(scheme));
        json["added_tokens"] = new JsonArray(TokenizerCases.Added("<s>", 1), TokenizerCases.Added("[MASK]", 903, stripsLeft: true));
        TokenizerCases.AssertSame(TokenizerCases.Open(json), TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [Test]
    public void Encode_TokenizerJsonOfWords_GivesTheIdsOfHuggingFace()
    {
        var texts = OddTexts.Lines(700, 16).Select(text => text.Replace("\uFEFF", "", StringComparison.Ordinal).Replace("\u0085", "", StringComparison.Ordinal)).ToList();
        var normalizer = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(new JsonObject { ["type"] = "Strip", ["strip_left"] = true, ["strip_right"] = true }, Collapse()) };
        var words = new JsonObject { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray(new JsonObject { ["type"] = "WhitespaceSplit" }, Metaspace("always")) };
        var json = PieceModels.Json(_pieces.Value, normalizer, words);
        TokenizerCases.AssertSame(TokenizerCases.Open(json), TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [Test]
    public void Encode_TokenizerJsonThatStripsSpaces_GivesTheIdsOfHuggingFace()
    {
        var strip = new JsonObject { ["type"] = "Strip", ["strip_left"] = false, ["strip_right"] = true };
        var normalizer = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(strip, Collapse()) };
        var json = PieceModels.Json(_few, normalizer, Metaspace("first"));
        string[] texts = ["  a   b ", "a ", " b"];
        TokenizerCases.AssertSame(TokenizerCases.Open(json), TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [TestCase("", "")]
    [TestCase("   ", "")]
    [TestCase("a", "6")]
    [TestCase(" a  b ", "6 3 5")]
    [TestCase("zz", "3 0")]
    [TestCase("b\uD800a", "3 5 0 4")]
    public void Encode_OddText_GivesTheIdsOfSentencePiece(string text, string ids) =>
        Assert.That(string.Join(' ', TokenizerCases.Ids(Open(PieceModels.Model(_few)), text)), Is.EqualTo(ids));

    [Test]
    public void Encode_BytePairs_MergesTheBestPairsFirst([Values] bool removeExtraSpaces)
    {
        var tokenizer = Open(PieceModels.Model(_few, mergesPairs: true, removeExtraSpaces: removeExtraSpaces));
        Assert.That(string.Join('|', new[] { "a", "ab", "aab" }.Select(text => string.Join(' ', TokenizerCases.Ids(tokenizer, text)))), Is.EqualTo("6|6 5|6 7"));
    }

    [Test]
    public void Encode_UnknownLetterWithByteFallback_GivesItsBytes([Values] bool mergesPairs) => Assert.That(
        TokenizerCases.Ids(Open(PieceModels.Model(_few, mergesPairs, byteFallback: true)), "é"),
        Is.EqualTo(new[] { 259, 3 + 0xC3, 3 + 0xA9 }));

    [Test]
    public void Encode_MapOfCharacters_ReplacesThem()
    {
        var tokenizer = Open(PieceModels.Model(_few, map: PieceModels.Map('q', "b a")));
        Assert.That(TokenizerCases.Ids(tokenizer, "aq z"), Is.EqualTo(TokenizerCases.Ids(Open(PieceModels.Model(_few)), "ab a z")));
    }

    [Test]
    public void Encode_HundredThousandWords_GivesThemAll() =>
        Assert.That(TokenizerCases.Ids(Open(PieceModels.Model(_few)), string.Concat(Enumerable.Repeat("a ", 100_000))), Has.Count.EqualTo(100_000).And.All.EqualTo(6));

    [TestCase(1, "1|2 2|2")]
    [TestCase(-1, "|2|2")]
    public void Specials_OfAModel_AreItsOwn(int start, string expected)
    {
        var tokenizer = Open(PieceModels.Model(_few, start: start));
        var specials = tokenizer.Specials;
        Assert.That(string.Join('|', new[] { specials.Start, specials.Between, specials.End }.Select(ids => string.Join(' ', ids))), Is.EqualTo(expected));
        Assert.That(tokenizer.Count, Is.EqualTo(8));
    }

    [TestCase(new byte[0], "has no pieces")]
    [TestCase(new byte[] { 10, 200 }, "cannot be read")]
    public void Open_NoModel_NamesTheFile(byte[] content, string fault) =>
        Assert.That(() => Open(content), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("small.model").And.Message.Contains(fault));

    [Test]
    public void Open_DamagedMap_NamesTheFile() =>
        Assert.That(() => Open(PieceModels.Model(_few, map: [1, 2, 3])), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("small.model").And.Message.Contains("map of characters"));

    private static TextTokenizer Open(byte[] model) => TokenizerCases.Open(TokenizerKind.SentencePiece, "small.model", model);

    private static JsonObject Metaspace(string scheme) => new() { ["type"] = "Metaspace", ["replacement"] = PieceModels.Space, ["prepend_scheme"] = scheme, ["split"] = false };

    private static JsonObject Collapse() => new() { ["type"] = "Replace", ["pattern"] = new JsonObject { ["Regex"] = " {2,}" }, ["content"] = " " };
}
