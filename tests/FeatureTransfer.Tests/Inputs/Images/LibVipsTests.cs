using FeatureTransfer.Inputs.Augmentation;
using NetVips;

namespace FeatureTransfer.Tests.Inputs.Images;

[NonParallelizable]
public class LibVipsTests
{
    [Test]
    public void EnsureLoaded_ConfiguresTheProcess()
    {
        LibVips.EnsureLoaded();
        Assert.Multiple(() =>
        {
            Assert.That(LibVips.Version, Does.Match(@"^8\.\d+\.\d+$"));
            Assert.That(LibVips.LoadableFormats, Is.SupersetOf(new[] { "JPEG", "PNG", "WebP", "GIF", "TIFF" }));
            Assert.That(NetVips.NetVips.Concurrency, Is.EqualTo(1));
            Assert.That(Cache.Max, Is.Zero);
            Assert.That(Image.FindLoadBuffer("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>"u8), Is.Null, "an untrusted loader");
        });
    }

    [TestCase(1, 80 << 10)]
    [TestCase(224 * 3, 112)]
    [TestCase(12000 * 3, 2)]
    [TestCase(1 << 20, 1)]
    public void Rows_OfAStrip_StayBelowTheLargeObjectHeap(int rowBytes, int rows) => Assert.That(PixelStrips.Rows(rowBytes), Is.EqualTo(rows));

    [Test]
    public void Read_ManyTimes_LeavesTheLargeObjectHeapAlone()
    {
        const int Edge = 512;
        var png = TestImages.Png(Edge, Edge, TestImages.Ramp(Edge, Edge));
        var preprocessing = new ImagePreprocessing();
        var tensor = new float[preprocessing.TensorLength];
        var augmenter = new Augmenter(AugmentationPlan.Of(new Rotation { Degrees = 10 }, new GaussianBlur { Probability = 1 }), preprocessing);
        void Read(int row) => augmenter.Read(png, AugmentationSeed.Of(1, 0, row), tensor, "x");
        Read(0);
        GC.Collect();
        var before = LargeObjects();
        for (var row = 1; row <= 20; row++)
            Read(row);
        GC.Collect(0);
        Assert.That((LargeObjects() - before) >> 10, Is.LessThan(200), "KB; the strips of 20 images would be 15,000 KB");
    }

    private static long LargeObjects() => GC.GetGCMemoryInfo(GCKind.Any).GenerationInfo[3].SizeAfterBytes;
}
