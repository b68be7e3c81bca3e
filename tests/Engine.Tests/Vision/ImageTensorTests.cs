using LibVips;
using Microsoft.ML.Vision;

namespace Engine.Tests.Vision;

[TestFixture]
public class ImageTensorTests
{
    private static readonly byte[] _fourColours = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];

    [Test]
    public void Read_RightSize_GivesPlanesFromNoughtToOne() =>
        Assert.That(Read(Pictures.Png(_fourColours, 2, 2, 3), new() { Name = "x", Height = 2, Width = 2 }), Is.EqualTo(
            new[] { 10, 40, 70, 100, 20, 50, 80, 110, 30, 60, 90, 120 }.Select(value => value / 255f)).Within(1e-6));

    [Test]
    public void Read_BgrChannelsLast_ScalesEachChannel()
    {
        var input = new ImageInput { Name = "x", Height = 2, Width = 2, IsBgr = true, IsChannelsLast = true, Scale = 1, Mean = [1, 2, 3], Std = [1, 2, 4] };

        Assert.That(Read(Pictures.Png(_fourColours, 2, 2, 3), input).Take(6), Is.EqualTo(new[] { 29, 9, 7 / 4f, 59, 24, 37 / 4f }).Within(1e-5));
    }

    [TestCase(ImageFit.Stretch, new[] { 0, 0, 0, 255, 255, 255 })]
    [TestCase(ImageFit.Crop, new[] { 0, 255 })]
    [TestCase(ImageFit.Pad, new[] { 0, 0, 0, 255, 255, 255 })]
    public void Read_AnotherShape_IsFitted(object fit, int[] line)
    {
        // Left half black, right half white, twice as wide as high: a crop keeps the middle, a pad adds grey above and below.
        byte[] pixels = [.. Enumerable.Range(0, 12 * 6).SelectMany(i => Enumerable.Repeat((byte)(i % 12 < 6 ? 0 : 255), 3))];
        var input = new ImageInput { Name = "x", Height = 6, Width = 6, Fit = (ImageFit)fit, Kernel = VipsKernel.Nearest, Scale = 1, Background = 0x808080 };

        var red = Read(Pictures.Png(pixels, 12, 6, 3), input).Take(36).Chunk(6).ToArray();

        Assert.That(red[3], Is.EqualTo((ImageFit)fit == ImageFit.Crop ? [.. Enumerable.Repeat(0, 3), .. Enumerable.Repeat(255, 3)] : line.Select(value => (float)value)));
        Assert.That(red[0], (ImageFit)fit == ImageFit.Pad ? Is.All.EqualTo(128) : Is.EqualTo(red[3]));
    }

    [Test]
    public void Read_CropFraction_CutsTheEdgesOff()
    {
        // A white frame of one pixel around black.
        byte[] pixels = [.. Enumerable.Range(0, 64).SelectMany(i => Enumerable.Repeat((byte)(i % 8 is 0 or 7 || i / 8 is 0 or 7 ? 255 : 0), 3))];
        var input = new ImageInput { Name = "x", Height = 6, Width = 6, Fit = ImageFit.Crop, CropFraction = 0.75 };

        Assert.That(Read(Pictures.Png(pixels, 8, 8, 3), input), Is.All.Zero);
    }

    [Test]
    public void Read_Transparent_ShowsTheBackground()
    {
        byte[] pixels = [255, 0, 0, 255, 255, 0, 0, 0];

        Assert.That(Read(Pictures.Png(pixels, 2, 1, 4), new() { Name = "x", Height = 1, Width = 2, Scale = 1, Background = 0x102030 }), Is.EqualTo(new[] { 255, 16, 0, 32, 0, 48 }));
    }

    [Test]
    public void Read_OrientationOfTheFile_IsUpright()
    {
        // Stored with the top at the left (8: turn by 90 degrees to the left): left half black, right half white.
        byte[] pixels = [.. Enumerable.Range(0, 256).SelectMany(i => Enumerable.Repeat((byte)(i % 16 < 8 ? 0 : 255), 3))];

        var red = Read(Pictures.Turned(pixels, 16, 16, 8), new() { Name = "x", Height = 16, Width = 16, Scale = 1 }).Take(256).ToArray();

        Assert.That(red.Take(16), Is.All.GreaterThan(250), "what lay at the right comes to the top");
        Assert.That(red.Skip(240), Is.All.LessThan(5));
    }

    [Test]
    public void Read_NoImage_Throws() =>
        Assert.That(() => Read([1, 2, 3, 4], new() { Name = "x", Height = 2, Width = 2 }), Throws.TypeOf<VipsException>());

    [Test]
    public void Write_AllSettings_ComeBack()
    {
        var input = new ImageInput
        {
            Name = "data",
            Height = 3,
            Width = 5,
            Fit = ImageFit.Pad,
            CropFraction = 0.875,
            Kernel = VipsKernel.Cubic,
            IsBgr = true,
            Scale = 2,
            Mean = [1, 2, 3],
            Std = [4, 5, 6],
            IsChannelsLast = true,
            Background = 7,
        };
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            input.Write(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var read = ImageInput.Read(reader);

        Assert.That((read.Name, read.Describe()), Is.EqualTo((input.Name, input.Describe())));
        Assert.That(read.Describe(), Is.Not.EqualTo((input with { Mean = [1, 2, 4] }).Describe()));
    }

    private static float[] Read(byte[] encoded, ImageInput input)
    {
        var tensor = new float[input.Length];
        ImageTensor.Read(encoded, input, tensor);
        return tensor;
    }
}
