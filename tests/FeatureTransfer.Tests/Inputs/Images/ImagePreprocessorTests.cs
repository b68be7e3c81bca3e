using NetVips;

namespace FeatureTransfer.Tests.Inputs.Images;

public class ImagePreprocessorTests
{
    [Test]
    public void Read_SolidColour_IsScaledPerChannel()
    {
        var preprocessing = new ImagePreprocessing { Height = 4, Width = 5, Mean = [0.1f, 0.2f, 0.3f], Std = [0.5f, 2f, 4f] };
        var tensor = TestImages.Read(preprocessing, TestImages.SolidPng(40, 30, 255, 51, 102));
        float[] expected = [(1f - 0.1f) / 0.5f, (0.2f - 0.2f) / 2f, (0.4f - 0.3f) / 4f];
        for (var channel = 0; channel < 3; channel++)
            Assert.That(tensor[(channel * 20)..((channel + 1) * 20)], Is.All.EqualTo(expected[channel]).Within(1e-6f));
    }

    [Test]
    public void Read_Bgr_MeanFollowsTensorOrder()
    {
        var preprocessing = new ImagePreprocessing { Height = 1, Width = 1, Scale = 1, Channels = ChannelOrder.Bgr, Mean = [1, 2, 3] };
        Assert.That(TestImages.Read(preprocessing, TestImages.SolidPng(3, 3, 10, 20, 30)), Is.EqualTo(new float[] { 29, 18, 7 }));
    }

    [Test]
    public void Read_Nhwc_InterleavesChannels() =>
        Assert.That(TestImages.Read(TestImages.Bytes(2, 1), TestImages.Png(2, 1, [1, 2, 3, 4, 5, 6])), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));

    [Test]
    public void Read_Nchw_HasOnePlaneAChannel() =>
        Assert.That(
            TestImages.Read(TestImages.Bytes(2, 1) with { Layout = TensorLayout.Nchw }, TestImages.Png(2, 1, [1, 2, 3, 4, 5, 6])),
            Is.EqualTo(new float[] { 1, 4, 2, 5, 3, 6 }));

    [TestCase(255, 255, 255, 0xFFFFFFu)]
    [TestCase(0, 0, 0, 0x000000u)]
    [TestCase(16, 32, 48, 0x102030u)]
    public void Read_Transparent_IsTheBackground(int red, int green, int blue, uint background)
    {
        var tensor = TestImages.Read(TestImages.Bytes(2, 2) with { Background = background }, TestImages.SolidPng(4, 4, 90, 80, 70, 0));
        Assert.That(tensor[..3], Is.EqualTo(new float[] { red, green, blue }));
    }

    [Test]
    public void Read_HalfTransparent_IsComposited()
    {
        var tensor = TestImages.Read(TestImages.Bytes(1, 1), TestImages.SolidPng(4, 4, 200, 100, 0, 51));
        // alpha 51/255 = 0.2: 0.2 * colour + 0.8 * 255
        Assert.That(tensor, Is.EqualTo(new float[] { 244, 224, 204 }).Within(1f));
    }

    [Test]
    public void Read_Grey_HasThreeEqualChannels() =>
        Assert.That(TestImages.Read(TestImages.Bytes(2, 2), TestImages.SolidPng(5, 5, 77)), Is.All.EqualTo(77f));

    [Test]
    public void Read_GreyWithAlpha_IsComposited() =>
        Assert.That(TestImages.Read(TestImages.Bytes(2, 2), TestImages.SolidPng(5, 5, 77, 0)), Is.All.EqualTo(255f));

    [Test]
    public void Read_SixteenBits_IsTheHighByte()
    {
        var values = new byte[4 * 4 * 3 * 2];
        for (var i = 0; i < values.Length; i += 2)
            BitConverter.TryWriteBytes(values.AsSpan(i), (ushort)(0x4080 + (i % 6 * 0x1000)));
        using var image = TestImages.Of(values, 4, 4, 3, Enums.Interpretation.Rgb16, Enums.BandFormat.Ushort);
        Assert.That(TestImages.Read(TestImages.Bytes(1, 1), image.PngsaveBuffer()), Is.EqualTo(new float[] { 0x40, 0x60, 0x80 }).Within(1f));
    }

    [Test]
    public void Read_SixteenBitsWithAlpha_IsComposited()
    {
        using var image = TestImages.Of(new byte[2 * 2 * 4 * 2], 2, 2, 4, Enums.Interpretation.Rgb16, Enums.BandFormat.Ushort);
        Assert.That(TestImages.Read(TestImages.Bytes(1, 1), image.PngsaveBuffer()), Is.All.EqualTo(255f));
    }

    [Test]
    public void Read_Cmyk_IsNearTheColour()
    {
        using var rgb = TestImages.Solid(32, 32, 255, 255, 255);
        using var white = rgb.Colourspace(Enums.Interpretation.Cmyk);
        Assert.Multiple(() =>
        {
            Assert.That(white.Bands, Is.EqualTo(4));
            Assert.That(TestImages.Read(TestImages.Bytes(4, 4), white.JpegsaveBuffer()), Is.All.EqualTo(255f).Within(6f));
        });
    }

    [Test]
    public void Read_CmykCyan_IsBlueGreen()
    {
        byte[] cyan = [.. Enumerable.Repeat(new byte[] { 255, 0, 0, 0 }, 32 * 32).SelectMany(pixel => pixel)];
        using var image = TestImages.Of(cyan, 32, 32, 4, Enums.Interpretation.Cmyk);
        var pixel = TestImages.Read(TestImages.Bytes(1, 1), image.JpegsaveBuffer(q: 95));
        Assert.That(pixel[0], Is.LessThan(80f).And.LessThan(pixel[1]).And.LessThan(pixel[2]));
    }

    [TestCase(".jpg", 2)]
    [TestCase(".webp", 3)]
    [TestCase(".gif", 4)]
    [TestCase(".tif", 0)]
    [TestCase(".png", 0)]
    public void Read_EachFormat_GivesTheColour(string format, int tolerance)
    {
        using var image = TestImages.Solid(50, 40, 200, 100, 50);
        var tensor = TestImages.Read(TestImages.Bytes(2, 1), image.WriteToBuffer(format));
        Assert.That(tensor, Is.EqualTo(new float[] { 200, 100, 50, 200, 100, 50 }).Within((float)tolerance));
    }

    [TestCase(Interpolation.Nearest)]
    [TestCase(Interpolation.Bilinear)]
    [TestCase(Interpolation.Bicubic)]
    [TestCase(Interpolation.Lanczos3)]
    public void Read_OnePixel_FillsTheTensor(Interpolation interpolation)
    {
        var preprocessing = TestImages.Bytes(7, 5) with { Interpolation = interpolation };
        var tensor = TestImages.Read(preprocessing, TestImages.SolidPng(1, 1, 9, 8, 7));
        Assert.That(tensor.Chunk(3), Is.All.EqualTo(new float[] { 9, 8, 7 }));
    }

    [Test]
    public void Read_SameSize_ChangesNothing()
    {
        var rgb = TestImages.Ramp(20, 12);
        var preprocessing = TestImages.Bytes(20, 12) with { Interpolation = Interpolation.Lanczos3 };
        Assert.That(TestImages.Read(preprocessing, TestImages.Png(20, 12, rgb)), Is.EqualTo(rgb.Select(value => (float)value)));
    }

    [Test]
    public void Read_BilinearHalving_IsTheTriangleKernel()
    {
        // Reducing by 2 widens the triangle to 4 taps: 1/8, 3/8, 3/8, 1/8. Columns 0 0 80 160 0 0 0 0 at output 1 (source 1..4).
        byte[] columns = [0, 0, 80, 160, 0, 0, 0, 0];
        byte[] rgb = [.. columns.SelectMany(value => new[] { value, value, value })];
        var tensor = TestImages.Read(TestImages.Bytes(4, 1) with { Resize = ResizeMode.Stretch }, TestImages.Png(8, 1, rgb));
        Assert.That(tensor[3], Is.EqualTo((0 * 0.125f) + (80 * 0.375f) + (160 * 0.375f)).Within(1f));
    }

    [Test]
    public void ReadFile_ManyThreads_AllGiveTheSame()
    {
        var preprocessor = new ImagePreprocessor(new ImagePreprocessing { Height = 32, Width = 32 });
        var png = TestImages.Png(90, 70, TestImages.Ramp(90, 70));
        var sums = ParallelEnumerable.Range(0, 100).Select(_ =>
        {
            var tensor = new float[preprocessor.Preprocessing.TensorLength];
            preprocessor.Read(png, tensor);
            return tensor.Sum();
        }).Distinct();
        Assert.That(sums.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Constructor_BadRecipe_Throws() =>
        Assert.That(() => new ImagePreprocessor(new ImagePreprocessing { Width = 0 }), Throws.ArgumentException);

    [Test]
    public void Read_ShortDestination_Throws() =>
        Assert.That(
            () => new ImagePreprocessor(TestImages.Bytes(2, 2)).Read(TestImages.SolidPng(2, 2, 0, 0, 0), new float[11]),
            Throws.ArgumentException.With.Message.Contains("12"));
}
