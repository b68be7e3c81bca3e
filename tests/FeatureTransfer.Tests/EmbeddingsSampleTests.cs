namespace FeatureTransfer.Tests;

/// <summary>The sample of embeddings finds what means the same.</summary>
public class EmbeddingsSampleTests
{
    [Test]
    public void Sample_OnSentences_PutsTheNearestFirst()
    {
        using var texts = new SmallTexts();
        File.WriteAllLines(texts.PathOf("sentences.txt"), ["a a b", "g h h", "c d c"]);
        var (code, output, error) = SampleProcess.Run("Embeddings", texts.PathOf("sentences.txt"), "h g h", texts.CardPath);
        Assert.That(code, Is.Zero, error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.That(lines, Has.Length.EqualTo(3).And.Ordered);
        Assert.That(lines[0], Does.Match(@"^0\.\d{3} g h h$"));
    }
}
