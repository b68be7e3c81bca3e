using FeatureTransfer.Extraction;
using FeatureTransfer.Tests.Devices;

namespace FeatureTransfer.Tests.Extraction;

public class UnwritableCacheTests
{
    [Test]
    public void Extract_CacheBelowAFile_GoesOnWithOneWarning()
    {
        using var images = new ColourImages(70);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, "");
        var log = new ListLogger();
        using (var cache = new FeatureCache(Path.Combine(file, "features")))
        using (var extractor = new FeatureExtractor(images.Options with { UseCache = true, BatchSize = 4, Sessions = 1 }, FeatureTransferServices.Default with { Cache = cache, Logger = log }))
            Assert.That(extractor.Extract(images.Paths).Count(), Is.EqualTo(70));
        File.Delete(file);
        Assert.That(log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).Single(), Does.Contain("Features are not kept").And.Contain(file));
    }
}
