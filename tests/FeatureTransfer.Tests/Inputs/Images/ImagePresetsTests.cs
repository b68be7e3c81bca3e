namespace FeatureTransfer.Tests.Inputs.Images;

public class ImagePresetsTests
{
    // A red of 255, a green of 127.5, a blue of 0, in the order of the tensor.
    [TestCase(ImagePreset.ImageNet, (1 - 0.485) / 0.229, (0.5 - 0.456) / 0.224, -0.406 / 0.225)]
    [TestCase(ImagePreset.ZeroOne, 1, 0.5, 0)]
    [TestCase(ImagePreset.MinusOneOne, 1, 0, -1)]
    [TestCase(ImagePreset.Clip, (1 - 0.48145466) / 0.26862954, (0.5 - 0.4578275) / 0.26130258, -0.40821073 / 0.27577711)]
    [TestCase(ImagePreset.Caffe, -103.939, 127.5 - 116.779, 255 - 123.68)]
    [TestCase(ImagePreset.Zero255, 255, 127.5, 0)]
    public void WithPreset_EachPreset_GivesTheValuesOfItsNetworks(ImagePreset preset, params double[] expected)
    {
        var preprocessing = new ImagePreprocessing { Channels = ChannelOrder.Bgr, Std = [9, 9, 9] }.WithPreset(preset);
        double[] pixel = preprocessing.Channels == ChannelOrder.Bgr ? [0, 127.5, 255] : [255, 127.5, 0];
        Assert.That(pixel.Select((value, channel) => ((value * preprocessing.Scale) - preprocessing.Mean[channel]) / preprocessing.Std[channel]), Is.EqualTo(expected).Within(1e-4));
    }

    [Test]
    public void WithPreset_Geometry_Stays()
    {
        var preprocessing = new ImagePreprocessing { Height = 96, Width = 128, CropFraction = 0.875, Interpolation = Interpolation.Bicubic, Layout = TensorLayout.Nhwc };
        Assert.That(preprocessing.WithPreset(ImagePreset.Clip).WithPreset(ImagePreset.ZeroOne), Is.EqualTo(preprocessing));
    }

    [Test]
    public void WithPreset_NoSuchPreset_NamesThem() =>
        Assert.That(() => new ImagePreprocessing().WithPreset((ImagePreset)99), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Caffe"));
}
