using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Augmentation;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Devices;

/// <summary>What an NVIDIA GPU computes. It takes a build with -p:Gpu=true, a card and NVIDIA's libraries; elsewhere these tests are left out.</summary>
public class CudaTests
{
    private static readonly Device _cuda = Device.Parse("cuda");
    private readonly StripedImages _images = new();

    [OneTimeSetUp]
    public void NeedCard()
    {
        try
        {
            DeviceSessions.Open(SmallModels.Image(), "image.onnx", new SessionSettings { Device = _cuda }).Dispose();
        }
        catch (MissingDeviceException exception)
        {
            Assert.Ignore(exception.Message);
        }
    }

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Probe_Card_GivesTheRightAnswer()
    {
        var probe = DeviceProbe.Of(_cuda);
        Assert.That(probe.Available, probe.Found);
    }

    [Test]
    public void Open_Auto_TakesTheCard()
    {
        var opened = DeviceSessions.OpenOn(SmallModels.Image(), "image.onnx", new SessionSettings());
        using (opened.Session)
            Assert.That(opened.Device, Is.EqualTo(_cuda));
    }

    [Test]
    public void Open_NumberOfNoCard_SaysSo() => Assert.That(
        () => DeviceSessions.Open(SmallModels.Image(), "image.onnx", new SessionSettings { Device = Device.Parse("cuda:255") }),
        Throws.TypeOf<MissingDeviceException>().With.Message.Contains("There is no such GPU"));

    // 90 images fill neither batches of 32 nor of 7, whose rest runs with rows of the batch before.
    [Test]
    public void Extract_Card_GivesTheFeaturesOfTheProcessor([Values(1, 7, 32)] int batch, [Values(1, 3)] int sessions)
    {
        var options = new ExtractFeaturesOptions { Backbone = _images.Backbone, UseCache = false, BatchSize = batch, Sessions = sessions };
        Assert.That(Features(options with { Device = _cuda }), Is.EqualTo(Features(options with { Device = Device.Cpu })).Within(1e-5));
    }

    [Test]
    public void Extract_CardTwice_GivesTheSameBits()
    {
        var options = new ExtractFeaturesOptions { Backbone = _images.Backbone, UseCache = false, Device = _cuda };
        var (first, second) = (Features(options), Features(options));
        Assert.That(second, Is.EqualTo(first));
    }

    // From activations that were kept, and from images in each epoch, with the frozen part beside.
    [Test]
    public void FineTune_Card_LearnsAsTheProcessor([Values] bool augmented, [Values("conv1", "conv2")] string from)
    {
        var options = _images.Options with { TrainableFrom = from, HeadEpochs = 2, Epochs = 3, AlwaysKeepTuned = true };
        if (augmented)
            options = options with { Augmentation = new PlannedAugmentation(AugmentationPlan.Of(new HorizontalFlip())) };
        Assert.That(Losses(options with { Device = _cuda }), Is.EqualTo(Losses(options with { Device = Device.Cpu })).Within(1e-3));
    }

    private float[] Features(ExtractFeaturesOptions options)
    {
        using var extractor = new FeatureExtractor(options);
        return [.. extractor.Extract(_images.Rows.Select(row => row.ImagePath)).SelectMany(row => row.Features)];
    }

    private double[] Losses(FineTuneOptions options)
    {
        using var tuned = new MLContext(1).MulticlassClassification.Trainers.FineTune(options).Fit(StripedImages.Keyed(_images.Rows));
        return [.. tuned.Summary!.History.Select(epoch => epoch.TrainLoss)];
    }
}
