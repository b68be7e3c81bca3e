namespace FeatureTransfer.Tests.Inputs.Images;

public class ImageGeometryTests
{
    // Left third red, middle third green, right third blue.
    private static byte[] Thirds(int width, int height) =>
        TestImages.Png(width, height, [.. Enumerable.Range(0, width * height).SelectMany(i => (i % width * 3 / width) switch
        {
            0 => new byte[] { 255, 0, 0 },
            1 => [0, 255, 0],
            _ => [0, 0, 255],
        })]);

    [Test]
    public void Crop_WideImage_KeepsTheMiddle()
    {
        var tensor = TestImages.Read(TestImages.Bytes(4, 4) with { Interpolation = Interpolation.Nearest }, Thirds(60, 20));
        Assert.That(tensor.Chunk(3), Is.All.EqualTo(new float[] { 0, 255, 0 }));
    }

    [Test]
    public void Stretch_WideImage_KeepsAll()
    {
        var preprocessing = TestImages.Bytes(3, 1) with { Resize = ResizeMode.Stretch, Interpolation = Interpolation.Nearest };
        Assert.That(TestImages.Read(preprocessing, Thirds(60, 20)), Is.EqualTo(new float[] { 255, 0, 0, 0, 255, 0, 0, 0, 255 }));
    }

    [Test]
    public void Pad_WideImage_HasBackgroundAboveAndBelow()
    {
        var preprocessing = TestImages.Bytes(6, 6) with { Resize = ResizeMode.Pad, Interpolation = Interpolation.Nearest, Background = 0x010203 };
        var rows = TestImages.Read(preprocessing, Thirds(60, 20)).Chunk(18).ToArray();
        Assert.Multiple(() =>
        {
            foreach (var row in (int[])[0, 1, 4, 5])
                Assert.That(rows[row].Chunk(3), Is.All.EqualTo(new float[] { 1, 2, 3 }), $"row {row}");
            foreach (var row in (int[])[2, 3])
                Assert.That(rows[row].Chunk(3).Select(pixel => Array.IndexOf(pixel, 255f)), Is.EqualTo(new[] { 0, 0, 1, 1, 2, 2 }), $"row {row}");
        });
    }

    [TestCase(640, 480, 341, 256, 58, 16)]
    [TestCase(480, 640, 256, 341, 16, 58)]
    [TestCase(500, 500, 256, 256, 16, 16)]
    [TestCase(1, 1, 256, 256, 16, 16)]
    public void CropFraction_Of0875_ResizesTo256(int width, int height, int resizedWidth, int resizedHeight, int left, int top)
    {
        // The sizes and offsets that torchvision's Resize(256) and CenterCrop(224) give.
        var plan = ImagePlan.Of(new ImagePreprocessing { CropFraction = 0.875 }, width, height);
        Assert.That(plan, Is.EqualTo(new ImagePlan(resizedWidth, resizedHeight, left, top, 224, 224)));
    }

    [Test]
    public void CropFraction_Half_KeepsTheMiddleHalf()
    {
        var rgb = TestImages.Ramp(256, 256);
        var tensor = TestImages.Read(TestImages.Bytes(128, 128) with { CropFraction = 0.5 }, TestImages.Png(256, 256, rgb));
        Assert.Multiple(() =>
        {
            Assert.That(tensor[0], Is.EqualTo(64f));
            Assert.That(tensor[1], Is.EqualTo(64f));
            Assert.That(tensor[^3], Is.EqualTo(191f));
        });
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(8)]
    public void Orientation_Each_IsUndone(int orientation)
    {
        // Odd sizes, a crop and both axes different: a mirrored or shifted window would show.
        const int Width = 31, Height = 22;
        var upright = TestImages.Ramp(Width, Height);
        var (stored, storedWidth, storedHeight) = Store(upright, Width, Height, orientation);
        var preprocessing = TestImages.Bytes(16, 16);
        var expected = TestImages.Read(preprocessing, TestImages.Png(Width, Height, upright));
        var actual = TestImages.Read(preprocessing, TestImages.Png(storedWidth, storedHeight, stored, orientation));
        Assert.That(actual, Is.EqualTo(expected).Within(2f));
    }

    [Test]
    public void Pad_TurnedImage_IsPaddedUpright()
    {
        var preprocessing = TestImages.Bytes(4, 4) with { Resize = ResizeMode.Pad, Background = 0 };
        byte[] white = [.. Enumerable.Repeat((byte)255, 4 * 2 * 3)];
        var tensor = TestImages.Read(preprocessing, TestImages.Png(4, 2, white, orientation: 6));
        Assert.That(tensor.Chunk(3).Select(pixel => pixel[0]).Take(4), Is.EqualTo(new float[] { 0, 255, 255, 0 }));
    }

    [TestCase(3000, 1)]
    [TestCase(1, 3000)]
    public void Crop_ExtremeRatio_Works(int width, int height) =>
        Assert.That(TestImages.Read(TestImages.Bytes(64, 64), TestImages.SolidPng(width, height, 5, 5, 5)), Is.All.EqualTo(5f));

    // The inverse of what EXIF asks a viewer to do: upright pixel (x, y) is stored at the place that the orientation names.
    private static (byte[] Rgb, int Width, int Height) Store(byte[] upright, int width, int height, int orientation)
    {
        var (storedWidth, storedHeight) = orientation >= 5 ? (height, width) : (width, height);
        var stored = new byte[upright.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (storedX, storedY) = orientation switch
                {
                    1 => (x, y),
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, width - 1 - x),
                    7 => (height - 1 - y, width - 1 - x),
                    _ => (height - 1 - y, x),
                };
                upright.AsSpan(((y * width) + x) * 3, 3).CopyTo(stored.AsSpan(((storedY * storedWidth) + storedX) * 3));
            }
        }
        return (stored, storedWidth, storedHeight);
    }
}
