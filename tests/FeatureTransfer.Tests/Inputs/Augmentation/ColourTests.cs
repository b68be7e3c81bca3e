using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

public class ColourTests
{
    private const int Width = 8, Height = 6;
    private static readonly byte[] _noise = AugmentedPixels.Noise(Width, Height);

    private static byte[] Change(byte[] rgb, Action<PixelImage> change) => AugmentedPixels.Change(rgb, Width, Height, change);

    private static List<byte[]> Jittered(byte[] rgb, ColorJitter jitter) => [.. Enumerable.Range(0, 300).Select(seed => Change(rgb, image => jitter.Apply(image, new AugmentationRandom((ulong)seed))))];

    private static byte Clipped(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private static double Luma(byte[] pixel) => (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]);

    [Test]
    public void Brighten_Factor_MultipliesAndClips([Values(0, 0.4, 1.6)] double factor) =>
        Assert.That(Change(_noise, image => ColourPixels.Brighten(image, factor)), Is.EqualTo(_noise.Select(value => Clipped(value * factor))).Within(1));

    [Test]
    public void Contrast_Factor_StretchesAboutTheMeanGrey([Values(0, 0.3, 1.7)] double factor)
    {
        var mean = _noise.Chunk(3).Average(Luma);
        var expected = _noise.Select(value => Clipped(mean + (factor * (value - mean))));
        Assert.That(Change(_noise, image => ColourPixels.Contrast(image, factor)), Is.EqualTo(expected).Within(1));
    }

    [Test]
    public void Saturate_Factor_MovesAwayFromThePixelsGrey([Values(0, 0.5, 1.8)] double factor)
    {
        var expected = _noise.Chunk(3).SelectMany(pixel => pixel.Select(value => Clipped(Luma(pixel) + (factor * (value - Luma(pixel))))));
        Assert.That(Change(_noise, image => ColourPixels.Saturate(image, factor)), Is.EqualTo(expected).Within(1));
    }

    [TestCase(1 / 3.0, 0, 255, 0)]
    [TestCase(2 / 3.0, 0, 0, 255)]
    [TestCase(-1 / 3.0, 0, 0, 255)]
    [TestCase(0.5, 0, 255, 255)]
    [TestCase(1 / 6.0, 255, 255, 0)]
    [TestCase(1 / 12.0, 255, 128, 0)]
    [TestCase(1.0, 255, 0, 0)]
    public void HueTurn_OfPureRed_IsTheColourOfTheCircle(double turn, byte red, byte green, byte blue)
    {
        byte[] pixel = [255, 0, 0];
        HueTurn.Apply(pixel, turn);
        Assert.That(pixel, Is.EqualTo(new[] { red, green, blue }));
    }

    [Test]
    public void HueTurn_ThereAndBack_IsTheImage()
    {
        byte[] pixels = [.. _noise];
        HueTurn.Apply(pixels, 0.25);
        Assert.That(pixels, Is.Not.EqualTo(_noise).Within(3));
        HueTurn.Apply(pixels, -0.25);
        // A dark or pale colour has few hues in bytes, but its levels come back to within one.
        Assert.That(pixels, Is.EqualTo(_noise).Within(1));
    }

    [Test]
    public void HueTurn_Grey_StaysGrey()
    {
        byte[] pixels = [0, 0, 0, 77, 77, 77, 255, 255, 255];
        HueTurn.Apply(pixels, 0.4);
        Assert.That(pixels, Is.EqualTo(new byte[] { 0, 0, 0, 77, 77, 77, 255, 255, 255 }));
    }

    [Test]
    public void Sharpen_OneBrightPixel_IsTheKernel()
    {
        var rgb = AugmentedPixels.Solid(Width, Height, 0, 0, 0);
        rgb.AsSpan(((3 * Width) + 4) * 3, 3).Fill(130);
        var smooth = Change(rgb, image => ColourPixels.Sharpen(image, 0));
        Assert.That(smooth[((3 * Width) + 4) * 3], Is.EqualTo(50));
        Assert.That(smooth[((2 * Width) + 3) * 3], Is.EqualTo(10));
        Assert.That(smooth.Sum(value => value), Is.EqualTo(3 * 130));
    }

    [Test]
    public void Solarize_Threshold_InvertsFromThereOn()
    {
        byte[] pixels = [0, 99, 100, 101, 200, 255];
        LevelTables.Solarize(pixels, 100);
        Assert.That(pixels, Is.EqualTo(new byte[] { 0, 99, 155, 154, 55, 0 }));
    }

    [Test]
    public void Posterize_Bits_KeepsTheUpperOnes()
    {
        byte[] pixels = [0, 15, 16, 0x7F, 0xFF, 0x3C];
        LevelTables.Posterize(pixels, 4);
        Assert.That(pixels, Is.EqualTo(new byte[] { 0, 0, 16, 0x70, 0xF0, 0x30 }));
    }

    [Test]
    public void AutoContrast_EachChannel_ReachesBothEnds()
    {
        byte[] pixels = [50, 7, 0, 100, 7, 255, 75, 7, 100];
        LevelTables.AutoContrast(pixels);
        Assert.That(pixels, Is.EqualTo(new byte[] { 0, 7, 0, 255, 7, 255, 128, 7, 100 }));
    }

    [Test]
    public void Equalize_LevelsCloseTogether_AreSpreadEvenly()
    {
        byte[] pixels = [10, 5, 5, 11, 5, 5, 12, 5, 5, 13, 5, 5];
        LevelTables.Equalize(pixels);
        Assert.That(pixels.Where((_, i) => i % 3 == 0), Is.EqualTo(new byte[] { 0, 85, 170, 255 }));
        Assert.That(pixels.Where((_, i) => i % 3 != 0), Is.All.EqualTo(5));
    }

    [Test]
    public void GaussianBlur_OneBrightPixel_SpreadsByItsSigma()
    {
        const int Size = 41;
        var rgb = new byte[Size * Size * 3];
        rgb.AsSpan(((20 * Size) + 20) * 3, 3).Fill(255);
        var blurred = AugmentedPixels.Run(rgb, Size, Size, 4, new GaussianBlur { MinSigma = 1, MaxSigma = 1, Probability = 1 });
        int At(int x, int y) => blurred[(((20 + y) * Size) + 20 + x) * 3];
        Assert.Multiple(() =>
        {
            Assert.That(At(0, 0), Is.EqualTo(255 / (2 * Math.PI)).Within(1.5));
            Assert.That(At(1, 0), Is.EqualTo(255 / (2 * Math.PI) * Math.Exp(-0.5)).Within(1.5));
            Assert.That(At(1, 1), Is.EqualTo(255 / (2 * Math.PI) * Math.Exp(-1)).Within(1.5));
            Assert.That((At(2, 0), At(0, 2)), Is.EqualTo((At(-2, 0), At(0, -2))));
        });
    }

    [Test]
    public void RandomGrayscale_Always_HasThreeEqualChannels()
    {
        var grey = AugmentedPixels.Run(_noise, Width, Height, 4, new RandomGrayscale { Probability = 1 });
        Assert.That(grey.Chunk(3).All(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2]), Is.True);
        Assert.That(grey.Chunk(3).Select(pixel => (double)pixel[0]), Is.EqualTo(_noise.Chunk(3).Select(Luma)).Within(1));
    }

    [Test]
    public void ColorJitter_BrightnessAlone_IsOneFactorInItsRange()
    {
        var rgb = AugmentedPixels.Solid(Width, Height, 100, 100, 100);
        var jitter = new ColorJitter { Brightness = 0.2, Contrast = 0, Saturation = 0 };
        var levels = Jittered(rgb, jitter);
        Assert.Multiple(() =>
        {
            Assert.That(levels.All(pixels => pixels.Distinct().Count() == 1), Is.True);
            Assert.That(levels.Select(pixels => (int)pixels[0]), Is.All.InRange(80, 120));
            Assert.That(levels.Average(pixels => pixels[0]), Is.EqualTo(100).Within(2.5));
        });
    }

    [Test]
    public void ColorJitter_ContrastAlone_KeepsTheMeanAndStaysInItsRange()
    {
        byte[] rgb = [.. Enumerable.Range(0, Width * Height).SelectMany(pixel => Enumerable.Repeat((byte)(pixel % 2 == 0 ? 60 : 140), 3))];
        var pairs = Jittered(rgb, new ColorJitter { Brightness = 0, Contrast = 0.5, Saturation = 0 }).Select(pixels => (Dark: (int)pixels[0], Light: (int)pixels[3])).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(pairs.Select(pair => (pair.Dark + pair.Light) / 2.0), Is.All.EqualTo(100).Within(1));
            Assert.That(pairs.Select(pair => pair.Light - pair.Dark), Is.All.InRange(39, 121));
            Assert.That(pairs.Average(pair => pair.Light - pair.Dark), Is.EqualTo(80).Within(5));
        });
    }

    [Test]
    public void ColorJitter_SaturationAlone_KeepsTheLumaAndStaysInItsRange()
    {
        byte[] colour = [150, 100, 100];
        var pixels = Jittered(AugmentedPixels.Solid(Width, Height, colour), new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0.5 }).Select(image => image[..3]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(pixels.Select(Luma), Is.All.EqualTo(Luma(colour)).Within(1));
            Assert.That(pixels.Select(pixel => pixel[0] - pixel[1]), Is.All.InRange(24, 76));
            Assert.That(pixels.Average(pixel => pixel[0] - pixel[1]), Is.EqualTo(50).Within(4));
        });
    }

    // A tenth of a turn from pure red: the next channel rises to 6 tenths of the range at most, on either side.
    [Test]
    public void ColorJitter_HueAlone_TurnsToBothSidesWithinItsRange()
    {
        var pixels = Jittered(AugmentedPixels.Solid(Width, Height, 255, 0, 0), new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0.1 }).Select(image => image[..3]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(pixels.Select(pixel => (int)pixel[0]), Is.All.EqualTo(255));
            Assert.That(pixels.Select(pixel => (int)Math.Min(pixel[1], pixel[2])), Is.All.Zero);
            Assert.That(pixels.Select(pixel => (int)Math.Max(pixel[1], pixel[2])), Is.All.InRange(0, 153));
            Assert.That(pixels.Count(pixel => pixel[1] > 0), Is.InRange(100, 200), "towards yellow");
            Assert.That(pixels.Count(pixel => pixel[2] > 0), Is.InRange(100, 200), "towards magenta");
        });
    }

    [Test]
    public void ColorJitter_NoAmounts_IsTheImage() =>
        Assert.That(AugmentedPixels.Run(_noise, Width, Height, 4, new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0 }), Is.EqualTo(_noise));
}
