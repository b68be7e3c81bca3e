using NetVips;

namespace FeatureTransfer.Tests.Inputs.Images;

/// <summary>
/// A JPEG is decoded at a fraction of its size where at least twice the wanted size is left: the loader's reduction is coarser than the kernel.
/// </summary>
public class ShrunkJpegTests
{
    private const int Edge = 240;

    [TestCase(240, 1)]
    [TestCase(80, 1)]
    [TestCase(61, 1)]
    [TestCase(60, 2)]
    [TestCase(31, 2)]
    [TestCase(30, 4)]
    [TestCase(16, 4)]
    [TestCase(15, 8)]
    [TestCase(5, 8)]
    public void Read_Jpeg_IsShrunkByTheLoaderToTwiceItsSizeAtMost(int wanted, int shrink) => Check(wanted, wanted, shrink);

    [TestCase(15, 61)]
    [TestCase(61, 15)]
    public void Read_JpegShrunkMoreOneWay_FollowsTheOther(int width, int height) => Check(width, height, 1);

    private static void Check(int width, int height, int shrink)
    {
        var jpeg = Noise();
        using var reduced = Image.NewFromBuffer(jpeg, kwargs: new VOption { { "shrink", shrink } });
        var recipe = TestImages.Bytes(width, height) with { Resize = ResizeMode.Stretch };
        Assert.That(TestImages.Read(recipe, jpeg), Is.EqualTo(TestImages.Read(recipe, reduced.PngsaveBuffer())));
    }

    private static byte[] Noise()
    {
        var pixels = new byte[Edge * Edge * 3];
        new Random(4).NextBytes(pixels);
        using var image = TestImages.Of(pixels, Edge, Edge, 3);
        return image.JpegsaveBuffer(95);
    }
}
