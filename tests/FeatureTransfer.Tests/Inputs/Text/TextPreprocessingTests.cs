using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Tests.Inputs.Text;

public class TextPreprocessingTests
{
    [Test]
    public void Defaults_AreAsDocumented()
    {
        var options = new TextPreprocessing();
        Assert.That((options.MaxTokens, options.LongText, options.Overlap, options.Prefix, options.Modality), Is.EqualTo(((int?)null, LongText.Truncate, 32, "", Modality.Text)));
    }

    [TestCase(null, LongText.Windows, 0)]
    [TestCase(8, LongText.Windows, 3)]
    [TestCase(8, LongText.Truncate, 32)]
    [TestCase(1_000_000, LongText.Windows, 32)]
    public void Validate_WithinTheLimits_IsTaken(int? maxTokens, LongText longText, int overlap) =>
        Assert.That(new TextPreprocessing { MaxTokens = maxTokens, LongText = longText, Overlap = overlap }.Validate, Throws.Nothing);

    [TestCase(7, LongText.Truncate, 0, "MaxTokens is 7; expected 8 to 1000000.")]
    [TestCase(1_000_001, LongText.Truncate, 0, "MaxTokens is 1000001; expected 8 to 1000000.")]
    [TestCase(null, LongText.Truncate, -1, "Overlap is -1; expected 0 to less than half of MaxTokens.")]
    [TestCase(8, LongText.Windows, 4, "Overlap is 4; expected 0 to less than half of MaxTokens.")]
    [TestCase(7, LongText.Windows, -1, "MaxTokens is 7; expected 8 to 1000000; Overlap is -1; expected 0 to less than half of MaxTokens.")]
    public void Validate_BeyondTheLimits_NamesEachFault(int? maxTokens, LongText longText, int overlap, string faults) => Assert.That(
        new TextPreprocessing { MaxTokens = maxTokens, LongText = longText, Overlap = overlap }.Validate,
        Throws.ArgumentException.With.Message.EqualTo($"TextPreprocessing: {faults}"));
}
