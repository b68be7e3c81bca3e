using System.Text;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>Texts with a vocabulary of one letter a token: <c>a</c> is 10, <c>b</c> 11 and so on.</summary>
public class TextPreparationTests
{
    private static readonly TextSettings _settings = new()
    {
        Tokenizer = new TokenizerOptions(),
        Files = [Vocabulary("a\nb\nc\nd\n")],
        Inputs = new TokenInputs { Ids = "words", Mask = "known", Types = "kinds" },
        MaxTokens = 12,
    };

    [Test]
    public void Batch_TextAndPair_AreFilledUpAndMarked()
    {
        var preparation = new TextPreparation(_settings);
        var batch = preparation.Batch([preparation.Read(TextContent.Of("a"), "a text")[0], preparation.Read(TextContent.Of("a", "b c"), "a text")[0]]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(batch.Select(tensor => tensor.Name), Is.EqualTo(new[] { "words", "known", "kinds" }));
            Assert.That(batch.Select(tensor => tensor.Shape), Is.All.EqualTo(new[] { 2L, 6 }));
            Assert.That(batch[0].Values, Is.EqualTo(new[] { 7L, 10, 8, 5, 5, 5, 7, 10, 8, 11, 12, 8 }));
            Assert.That(batch[1].Values, Is.EqualTo(new[] { 1L, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1 }));
            Assert.That(batch[2].Values, Is.EqualTo(new[] { 0L, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1 }));
        }
    }

    [Test]
    public void Read_Prefix_StandsBeforeTheFirstText()
    {
        var preparation = new TextPreparation(_settings with { Prefix = "d " });
        Assert.That(((TokenWindow)preparation.Read(TextContent.Of("a", "b"), "a text")[0]).Ids, Is.EqualTo(new[] { 7, 13, 10, 8, 11, 8 }));
    }

    [Test]
    public void Fingerprint_EverySetting_ChangesIt()
    {
        TextSettings[] all =
        [
            _settings,
            _settings with { Tokenizer = new TokenizerOptions { LowerCase = false } },
            _settings with { Files = [Vocabulary("a\nb\nd\nc\n")] },
            _settings with { Inputs = new TokenInputs() },
            _settings with { MaxTokens = 13 },
            _settings with { LongText = LongText.Windows },
            _settings with { Overlap = 1 },
            _settings with { Prefix = "d " },
        ];
        Assert.That(all.Select(settings => new TextPreparation(settings).Fingerprint), Is.Unique.And.All.StartsWith("text1|"));
    }

    [Test]
    public void Parse_WhatWasWritten_GivesTheSameFingerprint()
    {
        var preparation = new TextPreparation(_settings);
        Assert.That(TextPreparation.Parse(preparation.Text).Fingerprint, Is.EqualTo(preparation.Fingerprint));
        Assert.That(preparation.Text, Does.StartWith("text1 "));
    }

    [TestCase("text1 AAAA")]
    [TestCase("text1 H4sIAAAAAAACAzMHAIJKv2oBAAAA")]
    public void Parse_SomethingElse_SaysWhatToDo(string text) =>
        Assert.That(() => TextPreparation.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("Save the model again"));

    [Test]
    public void Packed_LongestOfTheTexts_IsFilledUpToAMultipleOfEight([Values(6, 7)] int words)
    {
        var texts = new[] { 1, words }.Select(count => (ReadOnlyMemory<byte>)TextContent.Of(string.Join(' ', Enumerable.Repeat("a", count))));
        Assert.That(PackedTokens.For(new TextPreparation(_settings), texts).RowShape, Is.EqualTo(new[] { 3L, words + 2 <= 8 ? 8 : 16 }));
    }

    [Test]
    public void Packed_Row_IsIdsMaskAndTypes()
    {
        var packed = new PackedTokens(new TextPreparation(_settings), 8);
        var row = Enumerable.Repeat(-1f, 24).ToArray();
        packed.Read(TextContent.Of("a", "b"), row, "a text");
        Assert.That(row, Is.EqualTo(new[] { 7f, 10, 8, 11, 8, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0 }));
        packed.Read(TextContent.Of("a b c d a b c d"), row, "a text");
        Assert.That(row, Is.EqualTo(new[] { 7f, 10, 11, 12, 13, 10, 11, 12, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0 }));
    }

    [Test]
    public void Packed_Fingerprint_NamesTheLengthAndTheTexts()
    {
        var text = new TextPreparation(_settings);
        Assert.That(new PackedTokens(text, 8).Fingerprint, Is.EqualTo($"packed1|8|{text.Fingerprint}"));
    }

    // The filling is 5, what begins a text 7 and what ends it 8.
    private static TokenizerFile Vocabulary(string words) => new("vocab.txt", Encoding.UTF8.GetBytes("v\nw\nx\ny\nz\n[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n" + words));
}
