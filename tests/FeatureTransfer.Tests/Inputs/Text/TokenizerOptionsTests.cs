using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

public class TokenizerOptionsTests
{
    [Test]
    public void Defaults_AreAsDocumented()
    {
        var options = new TokenizerOptions();
        Assert.That((options.Kind, options.LowerCase), Is.EqualTo((TokenizerKind.WordPiece, true)));
        Assert.That(options.Validate, Throws.Nothing);
    }

    [Test]
    public void Validate_NoKind_NamesThoseThatAre() =>
        Assert.That(new TokenizerOptions { Kind = (TokenizerKind)9 }.Validate, Throws.ArgumentException.With.Message.Contains("Kind is 9").And.Message.Contains("SentencePiece"));

    [TestCase(TokenizerKind.WordPiece, "Expected one, the vocabulary, one token a line.")]
    [TestCase(TokenizerKind.BytePair, "Expected vocab.json and merges.txt.")]
    [TestCase(TokenizerKind.SentencePiece, "Expected one, the model of SentencePiece.")]
    [TestCase(TokenizerKind.HuggingFace, "Expected one, tokenizer.json.")]
    public void Open_OtherCountOfFiles_SaysWhatIsExpected(TokenizerKind kind, string expected) =>
        Assert.That(() => TextTokenizers.Open(new TokenizerOptions { Kind = kind }, []), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(expected));

    [Test]
    public void RequireIcu_AccentsStayOn_SaysWhatToDo() =>
        Assert.That(() => BertText.RequireIcu("\u00E9"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("InvariantGlobalization").And.Message.Contains("libicu"));
}
