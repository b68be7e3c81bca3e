namespace FeatureTransfer.Tests.Inputs.Images;

public class ImagePreprocessingTests
{
    [Test]
    public void Defaults_AreTheDocumentedOnes()
    {
        var preprocessing = new ImagePreprocessing();
        Assert.Multiple(() =>
        {
            Assert.That((preprocessing.Height, preprocessing.Width, preprocessing.CropFraction, preprocessing.Background), Is.EqualTo((224, 224, 1.0, 0xFFFFFFu)));
            Assert.That((preprocessing.Resize, preprocessing.Interpolation), Is.EqualTo((ResizeMode.Crop, Interpolation.Bilinear)));
            Assert.That((preprocessing.Channels, preprocessing.Layout), Is.EqualTo((ChannelOrder.Rgb, TensorLayout.Nchw)));
            Assert.That(preprocessing.Scale, Is.EqualTo(1 / 255f));
            Assert.That(preprocessing.Mean, Is.EqualTo(new[] { 0f, 0f, 0f }));
            Assert.That(preprocessing.Std, Is.EqualTo(new[] { 1f, 1f, 1f }));
            Assert.That(preprocessing.TensorLength, Is.EqualTo(3 * 224 * 224));
        });
    }

    [Test]
    public void Equals_SameLists_IsTrue()
    {
        var one = new ImagePreprocessing { Mean = [0.5f, 0.4f, 0.3f] };
        var two = new ImagePreprocessing { Mean = new List<float> { 0.5f, 0.4f, 0.3f } };
        Assert.Multiple(() =>
        {
            Assert.That(one, Is.EqualTo(two));
            Assert.That(one.GetHashCode(), Is.EqualTo(two.GetHashCode()));
            Assert.That(one.Fingerprint, Is.EqualTo(two.Fingerprint));
        });
    }

    private static IEnumerable<ImagePreprocessing> Changed()
    {
        yield return new() { Height = 225 };
        yield return new() { Width = 225 };
        yield return new() { Resize = ResizeMode.Pad };
        yield return new() { CropFraction = 0.875 };
        yield return new() { Interpolation = Interpolation.Bicubic };
        yield return new() { Channels = ChannelOrder.Bgr };
        yield return new() { Scale = 1 };
        yield return new() { Mean = [0, 0, 0.1f] };
        yield return new() { Std = [1, 1, 0.9f] };
        yield return new() { Layout = TensorLayout.Nhwc };
        yield return new() { Background = 0 };
    }

    [Test]
    public void Fingerprint_AnySettingChanged_Differs() =>
        Assert.That(Changed().Append(new ImagePreprocessing()).Select(preprocessing => preprocessing.Fingerprint), Is.Unique);

    [Test]
    public void Fingerprint_EverySetting_HasACase() =>
        Assert.That(Changed().Count(), Is.EqualTo(typeof(ImagePreprocessing).GetProperties().Count(property => property.CanWrite)));

    [TestCase("Height", 0)]
    [TestCase("Width", 20000)]
    public void Validate_Size_NamesIt(string setting, int value)
    {
        var preprocessing = setting == "Height" ? new ImagePreprocessing { Height = value } : new ImagePreprocessing { Width = value };
        Assert.That(preprocessing.Validate, Throws.ArgumentException.With.Message.Contains($"{setting} is '{value}'"));
    }

    [Test]
    public void Validate_ManyFaults_NamesAll()
    {
        var preprocessing = new ImagePreprocessing
        {
            CropFraction = 1.5,
            Scale = float.NaN,
            Mean = [1],
            Std = [1, 0, 1],
            Background = 0x1000000,
            Resize = (ResizeMode)9,
        };
        var error = Assert.Throws<ArgumentException>(preprocessing.Validate)!;
        foreach (var setting in (string[])["CropFraction", "Scale", "Mean", "Std", "Background", "Resize"])
            Assert.That(error.Message, Does.Contain(setting));
    }

    [Test]
    public void Validate_Defaults_Passes() => Assert.That(new ImagePreprocessing().Validate, Throws.Nothing);
}
