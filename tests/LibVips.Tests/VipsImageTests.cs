namespace LibVips.Tests;

public class VipsImageTests
{
    [Test]
    public void FromPixels_WriteToMemory_GivesTheBytesBack()
    {
        byte[] bytes = [.. Enumerable.Range(0, 5 * 4 * 3).Select(i => (byte)i)];
        using var image = VipsImage.FromPixels(bytes, 5, 4, 3);
        using var pixels = image.WriteToMemory();
        Assert.Multiple(() =>
        {
            Assert.That(pixels.Span.ToArray(), Is.EqualTo(bytes));
            Assert.That((pixels.Width, pixels.Height, pixels.Bands), Is.EqualTo((5, 4, 3)));
        });
    }

    [Test]
    public void FromPixels_WrongLength_Throws() =>
        Assert.That(() => VipsImage.FromPixels(new byte[10], 5, 4, 3), Throws.TypeOf<VipsException>());

    [Test]
    public void ToPng_FromBuffer_RoundTrips()
    {
        byte[] bytes = [.. Enumerable.Range(0, 6 * 3 * 3).Select(i => (byte)(i * 3))];
        using var image = VipsImage.FromPixels(bytes, 6, 3, 3).Relabel(VipsInterpretation.Srgb);
        using var back = VipsImage.FromBuffer(image.ToPng());
        using var pixels = back.WriteToMemory();
        Assert.That(pixels.Span.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public void Thumbnail_LargeJpeg_FitsTheSquare()
    {
        using var image = VipsImage.Black(400, 200, 3).Relabel(VipsInterpretation.Srgb);
        using var thumbnail = VipsImage.Thumbnail(image.ToJpeg(), 40);
        Assert.That((thumbnail.Width, thumbnail.Height), Is.EqualTo((40, 20)));
    }

    [Test]
    public void Thumbnail_SmallImage_IsNotEnlarged()
    {
        using var image = VipsImage.Black(8, 4, 3).Relabel(VipsInterpretation.Srgb);
        using var thumbnail = VipsImage.Thumbnail(image.ToPng(), 40);
        Assert.That((thumbnail.Width, thumbnail.Height), Is.EqualTo((8, 4)));
    }

    [Test]
    public void ThumbnailFile_Png_FitsTheSquare()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");
        try
        {
            using var image = VipsImage.Black(100, 50, 3).Relabel(VipsInterpretation.Srgb);
            File.WriteAllBytes(path, image.ToPng());
            using var thumbnail = VipsImage.ThumbnailFile(path, 10);
            Assert.That((thumbnail.Width, thumbnail.Height), Is.EqualTo((10, 5)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Embed_Background_SurroundsTheImage()
    {
        using var image = VipsImage.FromPixels([9, 9, 9], 1, 1, 3);
        using var canvas = image.Embed(1, 0, 3, 1, 1, 2, 3);
        using var pixels = canvas.WriteToMemory();
        Assert.That(pixels.Span.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 9, 9, 9, 1, 2, 3 }));
    }

    [TestCase(VipsKernel.Nearest)]
    [TestCase(VipsKernel.Linear)]
    [TestCase(VipsKernel.Cubic)]
    [TestCase(VipsKernel.Lanczos3)]
    public void Resize_SolidColour_StaysSolid(VipsKernel kernel)
    {
        using var image = VipsImage.FromPixels([.. Enumerable.Repeat((byte)200, 50 * 30)], 50, 30, 1);
        using var small = image.Resize(7, 11, kernel);
        using var pixels = small.WriteToMemory();
        Assert.That(pixels.Span.ToArray(), Is.EqualTo(Enumerable.Repeat((byte)200, 77)));
    }

    [Test]
    public void Span_AfterDispose_Throws()
    {
        using var image = VipsImage.Black(2, 2);
        var pixels = image.WriteToMemory();
        pixels.Dispose();
        Assert.That(() => pixels.Span.Length, Throws.TypeOf<ObjectDisposedException>());
    }
}
