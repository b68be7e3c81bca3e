using System.Text;

namespace FeatureTransfer.Tests.Inputs.Images;

public class ImageRulesTests
{
    // Setting by setting: a value just outside and what is said of it.
    private static IEnumerable<TestCaseData> Faults()
    {
        static TestCaseData Of(ImagePreprocessing preprocessing, string fault) => new(preprocessing, fault) { TestName = $"Validate_Fault_IsTheWholeMessage({fault})" };
        yield return Of(new() { Height = 0 }, "Height is '0', expected from 1 to 16384");
        yield return Of(new() { Height = 16385 }, "Height is '16385', expected from 1 to 16384");
        yield return Of(new() { Width = 0 }, "Width is '0', expected from 1 to 16384");
        yield return Of(new() { Width = 16385 }, "Width is '16385', expected from 1 to 16384");
        yield return Of(new() { CropFraction = 0 }, "CropFraction is '0', expected above 0 and at most 1");
        yield return Of(new() { CropFraction = 1.01 }, "CropFraction is '1.01', expected above 0 and at most 1");
        yield return Of(new() { Scale = 0 }, "Scale is '0', expected a finite number that is not 0");
        yield return Of(new() { Scale = float.PositiveInfinity }, "Scale is 'Infinity', expected a finite number that is not 0");
        yield return Of(new() { Mean = [1, 2] }, "Mean is '1, 2', expected three finite numbers");
        yield return Of(new() { Mean = [1, 2, float.NaN] }, "Mean is '1, 2, NaN', expected three finite numbers");
        yield return Of(new() { Std = [1, 2, 3, 4] }, "Std is '1, 2, 3, 4', expected three finite numbers, none of them 0");
        yield return Of(new() { Std = [1, 2, float.NaN] }, "Std is '1, 2, NaN', expected three finite numbers, none of them 0");
        yield return Of(new() { Std = [1, 0, 3] }, "Std is '1, 0, 3', expected three finite numbers, none of them 0");
        yield return Of(new() { Background = 0x1000000 }, "Background is '1000000', expected a colour 0xRRGGBB");
        yield return Of(new() { Resize = (ResizeMode)9 }, "Resize is '9', expected " + string.Join(", ", Enum.GetNames<ResizeMode>()));
        yield return Of(new() { Interpolation = (Interpolation)9 }, "Interpolation is '9', expected " + string.Join(", ", Enum.GetNames<Interpolation>()));
        yield return Of(new() { Channels = (ChannelOrder)9 }, "Channels is '9', expected " + string.Join(", ", Enum.GetNames<ChannelOrder>()));
        yield return Of(new() { Layout = (TensorLayout)9 }, "Layout is '9', expected " + string.Join(", ", Enum.GetNames<TensorLayout>()));
    }

    [TestCaseSource(nameof(Faults))]
    public void Validate_Fault_IsTheWholeMessage(ImagePreprocessing preprocessing, string fault) =>
        Assert.That(preprocessing.Validate, Throws.ArgumentException.With.Message.EqualTo($"ImagePreprocessing: {fault}."));

    [Test]
    public void Validate_TwoFaults_AreSeparated() =>
        Assert.That(
            new ImagePreprocessing { Height = 0, Scale = 0 }.Validate,
            Throws.ArgumentException.With.Message.EqualTo("ImagePreprocessing: Height is '0', expected from 1 to 16384; Scale is '0', expected a finite number that is not 0."));

    [Test]
    public void Validate_ValuesAtTheLimits_Pass()
    {
        Assert.That(new ImagePreprocessing { Height = 1, Width = 16384, CropFraction = 1, Background = 0xFFFFFF }.Validate, Throws.Nothing);
        Assert.That(new ImagePreprocessing { Height = 16384, Width = 1, CropFraction = 1e-9, Background = 0, Scale = -1, Std = [-1, 1, 2] }.Validate, Throws.Nothing);
    }

    // A window off the middle of a stored or turned image; no two of its distances to the edges are equal.
    [TestCase(1, 100, 60, 3, 5, 40, 30)]
    [TestCase(2, 100, 60, 57, 5, 40, 30)]
    [TestCase(3, 100, 60, 57, 25, 40, 30)]
    [TestCase(4, 100, 60, 3, 25, 40, 30)]
    [TestCase(5, 60, 100, 5, 3, 30, 40)]
    [TestCase(6, 60, 100, 5, 57, 30, 40)]
    [TestCase(7, 60, 100, 25, 57, 30, 40)]
    [TestCase(8, 60, 100, 25, 3, 30, 40)]
    public void ToStored_WindowOffTheMiddle_HoldsThePixelsOfTheUprightOne(int orientation, int resizedWidth, int resizedHeight, int left, int top, int width, int height)
    {
        var upright = new ImagePlan(100, 60, 3, 5, 40, 30);
        Assert.That(ImageOrientation.ToStored(upright, orientation), Is.EqualTo(new ImagePlan(resizedWidth, resizedHeight, left, top, width, height)));
        var corner = ImageOrientation.ToStored(3, 5, 100, 60, orientation);
        var opposite = ImageOrientation.ToStored(42, 34, 100, 60, orientation);
        Assert.That((Math.Min(corner.X, opposite.X), Math.Min(corner.Y, opposite.Y)), Is.EqualTo((left, top)));
    }

    [TestCase(ResizeMode.Pad, 300, 100, 60, 20, 0, 0, 60, 20)]
    [TestCase(ResizeMode.Pad, 100, 300, 13, 40, 0, 0, 13, 40)]
    [TestCase(ResizeMode.Pad, 60, 40, 60, 40, 0, 0, 60, 40)]
    [TestCase(ResizeMode.Pad, 3000, 1, 60, 1, 0, 0, 60, 1)]
    [TestCase(ResizeMode.Pad, 1, 3000, 1, 40, 0, 0, 1, 40)]
    [TestCase(ResizeMode.Stretch, 7, 9, 60, 40, 0, 0, 60, 40)]
    [TestCase(ResizeMode.Crop, 300, 100, 120, 40, 30, 0, 60, 40)]
    [TestCase(ResizeMode.Crop, 100, 300, 60, 180, 0, 70, 60, 40)]
    [TestCase(ResizeMode.Crop, 101, 100, 60, 59, 0, 10, 60, 40)]
    [TestCase(ResizeMode.Crop, 163, 100, 65, 40, 2, 0, 60, 40)]
    [TestCase(ResizeMode.Crop, 60, 40, 60, 40, 0, 0, 60, 40)]
    public void Plan_OfEachMode_IsAsWorkedOutByHand(ResizeMode mode, int width, int height, int resizedWidth, int resizedHeight, int left, int top, int windowWidth, int windowHeight)
    {
        var plan = ImagePlan.Of(new ImagePreprocessing { Width = 60, Height = 40, Resize = mode }, width, height);
        Assert.That(plan, Is.EqualTo(new ImagePlan(resizedWidth, resizedHeight, left, top, windowWidth, windowHeight)));
    }

    [TestCase(10_000_000, 10_000_000, true)]
    [TestCase(10_000_001, 1, false)]
    [TestCase(1, 10_000_001, false)]
    public void IsPossible_ResizedEdges_AreWithinTheLimit(int resizedWidth, int resizedHeight, bool possible) =>
        Assert.That(new ImagePlan(resizedWidth, resizedHeight, 0, 0, 1, 1).IsPossible, Is.EqualTo(possible));

    [TestCase("\u00ff\u00d8\u00ff", "JPEG", true)]
    [TestCase("\u0089PNG", "PNG", true)]
    [TestCase("GIF8", "GIF", true)]
    [TestCase("RIFF\0\0\0\0WEBP", "WebP", true)]
    [TestCase("II*\0", "TIFF", true)]
    [TestCase("MM\0*", "TIFF", true)]
    [TestCase("\0\0\0\0ftypheic", "HEIC", true)]
    [TestCase("\0\0\0\0ftypavif", "AVIF", true)]
    [TestCase("\0\0\0\0ftypmif1", "HEIF", true)]
    [TestCase("\u00ff\n", "JPEG XL", true)]
    [TestCase("\0\0\0\u000cJXL ", "JPEG XL", true)]
    [TestCase("\0\0\0\u000cjP  ", "JPEG 2000", true)]
    [TestCase("BM", "BMP", false)]
    [TestCase("%PDF", "PDF", false)]
    [TestCase("<svg", "SVG", false)]
    [TestCase("8BPS", "Photoshop", false)]
    [TestCase("PK\u0003\u0004", "ZIP", false)]
    [TestCase("\0\0\u0001\0", "Windows icon", false)]
    public void Bytes_OfEachFormat_AreKnownByTheirBeginning(string beginning, string format, bool image)
    {
        var start = Encoding.Latin1.GetBytes(beginning);
        Assert.That(ImageSniffer.IsImage(start), Is.EqualTo(image));
        Assert.That(ImageSniffer.IsImage(start.AsSpan(0, 1)), Is.False);
        var error = Assert.Throws<BadInputException>(() => ImageHeader.CheckPixels(start, 100, "some.png"))!;
        Assert.That(error.Reason, Does.Contain($" {format} ").And.Match("libvips"));
    }

    [Test]
    public void CheckPixels_AtTheLimit_Passes()
    {
        var png = TestImages.SolidPng(20, 10, 1, 2, 3);
        Assert.That(() => ImageHeader.CheckPixels(png, 200, "a.png"), Throws.Nothing);
        Assert.That(
            () => ImageHeader.CheckPixels(png, 199, "a.png"),
            Throws.TypeOf<BadInputException>().With.Message.Contains("a.png").And.Message.Contains("too large: 20 x 10 pixels, expected at most 199 pixels"));
    }

    [Test]
    public void CheckPixels_HeaderCutShort_SaysSo()
    {
        var png = TestImages.SolidPng(20, 10, 1, 2, 3)[..20];
        Assert.That(() => ImageHeader.CheckPixels(png, 200, null), Throws.TypeOf<BadInputException>().With.Message.Contains("(image in memory)").And.Message.Contains("cut short"));
    }
}
