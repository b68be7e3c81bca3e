using Microsoft.ML.Data;

namespace Engine.Tests.Image;

public class MLImageTests
{
    private static readonly byte[] TwoPixels = [1, 2, 3, 255, 4, 5, 6, 255];

    [Test]
    public void CreateFromPixels_Bgra_KeepsThem()
    {
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, TwoPixels);
        Assert.Multiple(() =>
        {
            Assert.That((image.Width, image.Height, image.BitsPerPixel, image.PixelFormat), Is.EqualTo((2, 1, 32, MLPixelFormat.Bgra32)));
            Assert.That(image.Pixels.ToArray(), Is.EqualTo(TwoPixels));
            Assert.That(image.GetBGRPixels, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6 }));
        });
    }

    [Test]
    public void GetBGRPixels_Rgba_SwapsRedAndBlue()
    {
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, TwoPixels);
        Assert.That(image.GetBGRPixels, Is.EqualTo(new byte[] { 3, 2, 1, 6, 5, 4 }));
    }

    [TestCase(MLPixelFormat.Unknown, 8)]
    [TestCase(MLPixelFormat.Bgra32, 7)]
    public void CreateFromPixels_BadArguments_Throws(MLPixelFormat format, int length) =>
        Assert.That(() => MLImage.CreateFromPixels(2, 1, format, new byte[length]), Throws.ArgumentException);

    [Test]
    public void Members_AfterDispose_Throw()
    {
        var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, TwoPixels);
        image.Dispose();
        image.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => image.Width, Throws.InvalidOperationException);
            Assert.That(() => image.Pixels.Length, Throws.InvalidOperationException);
            Assert.That(() => image.Tag = "x", Throws.InvalidOperationException);
            Assert.That(() => image.GetBGRPixels, Throws.InvalidOperationException);
        });
    }

    [Test]
    public void CreateFromStream_Text_ThrowsArgumentException() =>
        Assert.That(() => MLImage.CreateFromStream(new MemoryStream("no image"u8.ToArray())), Throws.ArgumentException);

    [Test]
    public void Save_Png_RoundTrips()
    {
        var path = ImageFiles.NewPath(".png");
        try
        {
            using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, TwoPixels);
            image.Save(path);
            using var back = MLImage.CreateFromFile(path);
            Assert.Multiple(() =>
            {
                Assert.That(back.PixelFormat, Is.EqualTo(MLPixelFormat.Bgra32));
                Assert.That(back.GetBGRPixels, Is.EqualTo(image.GetBGRPixels));
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Save_UnknownExtension_Throws()
    {
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, TwoPixels);
        Assert.That(() => image.Save(ImageFiles.NewPath(".xyz")), Throws.ArgumentException.With.Message.Contains(".xyz"));
    }
}

/// <summary>Image files for tests.</summary>
internal static class ImageFiles
{
    public static string NewPath(string extension) => Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);

    /// <summary>An opaque image of one colour a column, (red, green, blue).</summary>
    public static MLImage Columns(int height, params (byte Red, byte Green, byte Blue)[] columns)
    {
        byte[] row = [.. columns.SelectMany(c => new byte[] { c.Blue, c.Green, c.Red, 255 })];
        return MLImage.CreateFromPixels(columns.Length, height, MLPixelFormat.Bgra32, [.. Enumerable.Repeat(row, height).SelectMany(r => r)]);
    }
}
