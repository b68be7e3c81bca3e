using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Tests.Extraction;

/// <summary>What a process that is killed has kept: all but the last 32 rows.</summary>
public class FlushedFeaturesTests
{
    private const int MostLost = 32;

    [Test]
    public void Extract_InTheMiddle_HasKeptAllButTheLastRows()
    {
        using var images = new ColourImages(1);
        var folder = Path.Combine(images.Folder, "cache");
        using var cache = new FeatureCache(folder);
        using var extractor = new FeatureExtractor(
            images.Options with { UseCache = true, BatchSize = 1, DecodeThreads = 1 }, FeatureTransferServices.Default with { Cache = cache });
        var inputs = Enumerable.Range(0, 110).Select(i => InputValue.FromBytes(TestImages.SolidPng(3, 3, (byte)i, 1, 2), $"{i}.png"));
        var taken = 0;
        foreach (var _ in extractor.Extract(inputs))
        {
            taken++;
            if (taken % 25 == 0)
                Assert.That(new FeatureCacheFolder(folder).Statistics().Sum(scope => scope.Records), Is.GreaterThanOrEqualTo(taken - MostLost));
        }

        Assert.That(taken, Is.EqualTo(110));
        Assert.That(new FeatureCacheFolder(folder).Statistics().Sum(scope => scope.Records), Is.EqualTo(110), "at its end all are kept");
    }
}
