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
        AssertSame(tokenizer, TokenizersInNode.Encode(_pairs.Value.Json(addPrefixSpace: false), new JsonObject(), texts), texts);
    }

    [Test]
    public void Encode_TokenizerJson_GivesTheIdsOfHuggingFace([Values] bool addPrefixSpace)
    {
        var texts = OddTexts.Lines(500, 13);
        var json = _pairs.Value.Json(addPrefixSpace);
        var tokenizer = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.HuggingFace }, [new TokenizerFile("tokenizer.json", Encoding.UTF8.GetBytes(json.ToJsonString()))]);
        AssertSame(tokenizer, TokenizersInNode.Encode(json, new JsonObject(), texts), texts);
    }

    [Test]
    public void Specials_OfRobertaAndGpt2_AreTold()
    {
        var gpt = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files("<|endoftext|>")).Specials;
        var roberta = TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.BytePair }, _pairs.Value.Files("<s>", "<pad>", "</s>", "<unk>")).Specials;
        var first = _pairs.Value.Count;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((gpt.Start.Count, gpt.End.Count, gpt.Pad), Is.EqualTo((0, 0, first)));
            Assert.That((roberta.Start[0], roberta.Between, roberta.End[0], roberta.Pad, roberta.SegmentIds), Is.EqualTo((first, new[] { first + 2, first + 2 }, first + 2, first + 1, false)));
        }
    }

    [TestCase("pre_tokenizer", "Metaspace")]
    [TestCase("normalizer", "NFKC")]
    [TestCase("model", "Unigram")]
    public void Open_TokenizerJsonOfAnotherKind_IsRefusedByName(string part, string type)
    {
        var json = _pairs.Value.Json(false);
        json[part] = new JsonObject { ["type"] = type };
        Assert.That(
            () => TextTokenizers.Open(new TokenizerOptions { Kind = TokenizerKind.HuggingFace }, [new TokenizerFile("tokenizer.json", Encoding.UTF8.GetBytes(json.ToJsonString()))]),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("tokenizer.json").And.Message.Contains($"$.{part}.type is {type}"));
    }

    private static void AssertSame(TextTokenizer tokenizer, int[][] theirs, IReadOnlyList<string> texts)
    {
        var wrong = texts.Select((text, i) => (text, ours: Ids(tokenizer, text), theirs: theirs[i])).Where(line => !line.ours.SequenceEqual(line.theirs)).ToList();
        Assert.That(wrong, Is.Empty, string.Join("\n", wrong.OrderBy(line => line.text.Length).Take(20).Select(line => $"{string.Concat(line.text.Select(letter => letter is >= ' ' and < (char)127 ? letter.ToString() : $"\\u{(int)letter:X4}"))}\n   ours {string.Join(' ', line.ours)}\n   their {string.Join(' ', line.theirs)}")));
    }

    private static List<int> Ids(TextTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }
}
