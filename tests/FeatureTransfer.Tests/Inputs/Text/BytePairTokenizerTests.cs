using System.Text;
using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>Holds byte-level BPE against Hugging Face's own tokenizer, with merges that were learned from some text.</summary>
public class BytePairTokenizerTests
{
    private static readonly Lazy<BytePairs> _pairs = new(() => BytePairs.Learn(string.Join('\n', OddTexts.Lines(400, 5)), 600));

    [Test]
    public void Encode_TextsInTenScripts_GivesTheIdsOfHuggingFace()
    {
        var texts = OddTexts.Lines(2000, 12);
        var tokenizer = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files());
        TokenizerCases.AssertSame(tokenizer, TokenizersInNode.Encode(_pairs.Value.Json(addPrefixSpace: false), new JsonObject(), texts), texts);
    }

    [Test]
    public void Encode_TokenizerJson_GivesTheIdsOfHuggingFace([Values] bool addPrefixSpace)
    {
        var texts = OddTexts.Lines(500, 13);
        var json = _pairs.Value.Json(addPrefixSpace);
        var tokenizer = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.HuggingFace }, [new TokenizerFile("tokenizer.json", Encoding.UTF8.GetBytes(json.ToJsonString()))]);
        TokenizerCases.AssertSame(tokenizer, TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [Test]
    public void Specials_OfRobertaAndGpt2_AreTold()
    {
        var gpt = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files("<|endoftext|>")).Specials;
        var roberta = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files("<s>", "<pad>", "</s>", "<unk>")).Specials;
        var first = _pairs.Value.Count;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((gpt.Start.Count, gpt.Between.Count, gpt.End.Count, gpt.Pad, gpt.SegmentIds), Is.EqualTo((0, 0, 0, first, false)));
            Assert.That((roberta.Start[0], roberta.Between, roberta.End[0], roberta.Pad, roberta.SegmentIds), Is.EqualTo((first, new[] { first + 2, first + 2 }, first + 2, first + 1, false)));
        }
    }

    [TestCase("it's we're", "it|'s| we|'re")]
    [TestCase("I'd they'll 'twas", "I|'d| they|'ll| '|twas")]
    [TestCase("  a1  b! ", " | a|1| | b|!| ")]
    [TestCase("\n\na\t", "\n|\n|a|\t")]
    public void PreTokenize_Text_CutsAsGpt2(string text, string expected) =>
        Assert.That(string.Join('|', new Gpt2Words().PreTokenize(text).Select(word => text.Substring(word.Offset, word.Length))), Is.EqualTo(expected));

    [Test]
    public void Encode_SpecialTokensInText_StandForThemselves()
    {
        var tokenizer = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files("<s>", "<pad>", "</s>", "<unk>", "<mask>"));
        var first = _pairs.Value.Count;
        Assert.That(TokenizerCases.Ids(tokenizer, "</s><s>  <mask><pad>"), Is.EqualTo(new[] { first + 2, first, first + 4, first + 1 }));
    }

    [Test]
    public void Encode_HalfASurrogatePair_IsReadAsReplacement()
    {
        var tokenizer = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files());
        Assert.That(TokenizerCases.Ids(tokenizer, "a\uD83Db\uDE00"), Is.EqualTo(TokenizerCases.Ids(tokenizer, "a\uFFFDb\uFFFD")));
    }

    [Test]
    public void Encode_HundredThousandWords_GivesThemAll()
    {
        var tokenizer = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files());
        var one = TokenizerCases.Ids(tokenizer, " weather").Count;
        Assert.That(TokenizerCases.Ids(tokenizer, string.Concat(Enumerable.Repeat(" weather", 100_000))), Has.Count.EqualTo(100_000 * one));
    }

    [TestCase("a b c")]
    [TestCase("\u0120zz qq")]
    public void Open_BadMerge_NamesTheLine(string merge)
    {
        var files = _pairs.Value.Files();
        var merges = Encoding.UTF8.GetBytes($"#version: 0.2\r\n{merge}\r\n");
        Assert.That(
            () => TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, [files[0], new TokenizerFile("merges.txt", merges)]),
            Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith($"merges.txt, line 2: is '{merge}'"));
    }
}
