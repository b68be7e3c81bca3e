using FeatureTransfer.Cascades;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>Photographs through the detector with its real weights, crops and a classifier; what is in them was looked at.</summary>
public class DetectObjectsTests
{
    // A woman and a child before sunflowers.
    [Test]
    public void Run_TwoPersons_AreFoundWhereTheyAre()
    {
        var (boxes, labels) = Detect("sunflowers/40410686_272bc66faf_m.jpg");
        Assert.That(labels, Is.EqualTo(new[] { "person", "person" }));
        Assert.That(boxes, Is.EqualTo(new float[] { 10, 73, 132, 239, 91, 84, 165, 236 }).Within(3));
    }

    // Sunflowers in a vase on a window sill; the box is the vase's.
    [Test]
    public void Run_Vase_IsFoundWhereItStands()
    {
        var (boxes, labels) = Detect("sunflowers/147804446_ef9244c8ce_m.jpg");
        Assert.That(labels, Is.EqualTo(new[] { "vase" }));
        Assert.That(boxes, Is.EqualTo(new float[] { 100, 97, 126, 225 }).Within(3));
    }

    // The plants of these photographs are one flower, or one kind of flower, from near; the classifier has not seen them.
    [TestCase("daisy/100080576_f52e8ee070_n.jpg", "daisy")]
    [TestCase("tulips/116343334_9cb4acdc57_n.jpg", "tulips")]
    [TestCase("tulips/112428665_d8f3632f36_n.jpg", "tulips")]
    public void Run_PlantThroughCropsAndAClassifier_IsNamed(string photo, string expected)
    {
        var path = Reference.Shared($"datasets/flowers/{photo}");
        using var cascade = new Cascade(
            [new("photo", CascadeKind.Image)],
            Detector(new ObjectDetectorOptions { Labels = ["potted plant", "vase"] }),
            new BoxesToCrops("cut", "photo", "boxes", "crops"),
            new ImagesToLabels("classify", "crops", "flowers", _classifier.Value));
        var values = cascade.Run(new Dictionary<string, object> { ["photo"] = File.ReadAllBytes(path) });
        Assert.That(values["flowers"], Is.EqualTo(new[] { expected }));
    }

    private static readonly string[] _tested = ["100080576_f52e8ee070_n.jpg", "116343334_9cb4acdc57_n.jpg", "112428665_d8f3632f36_n.jpg"];

    private static readonly Lazy<ITransformer> _classifier = new(() =>
    {
        Reference.Npm("nsfwjs");
        var ml = new MLContext(1);
        var photos = Directory.EnumerateFiles(Reference.Shared("datasets/flowers"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => !_tested.Contains(Path.GetFileName(path)))
            .Select(path => new Photo { ImagePath = path, Label = Path.GetFileName(Path.GetDirectoryName(path))! });
        var extraction = new ExtractFeaturesOptions { Backbone = "mobilenet_v2.nsfwjs", UseCache = false };
        return ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.ExtractFeatures(extraction, FeatureTransferServices.Default with { Backbones = Pulled.Store }))
            .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .AppendInMemory(ml, ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l2Regularization: 10))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(ml.Data.LoadFromEnumerable(photos));
    });

    private static (float[] Boxes, IReadOnlyList<string> Labels) Detect(string photo)
    {
        var path = Reference.Shared($"datasets/flowers/{photo}");
        using var cascade = new Cascade([new("photo", CascadeKind.Image)], Detector());
        var values = cascade.Run(new Dictionary<string, object> { ["photo"] = File.ReadAllBytes(path) });
        return (((CascadeTensor)values["boxes"]).Values.ToArray(), (IReadOnlyList<string>)values["objects"]);
    }

    private static ObjectDetector Detector(ObjectDetectorOptions? options = null) =>
        new("detect", Pulled.Backbone("centernet.human_models"), "photo", "boxes", "scores", "objects", options, Device.Cpu);

    private sealed class Photo
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
