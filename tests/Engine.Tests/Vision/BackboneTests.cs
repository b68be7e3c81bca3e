using Google.Protobuf;
using LibVips;
using Microsoft.ML.Vision;
using Onnx;

namespace Engine.Tests.Vision;

[TestFixture]
public class BackboneTests
{
    private static readonly float[] _pixels = [.. Enumerable.Range(0, 3 * 8 * 8).Select(i => (i / 64) + 1f)];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("backbone-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Load_WithoutCard_CutsBeforeTheClassifier()
    {
        var backbone = Load(null);

        Assert.That(Run(backbone), Is.EqualTo(new[] { 1f, 2, 3 }));
        Assert.That(backbone.Model.Graph.Initializer, Is.Empty, "the classifier's weights are gone");
        Assert.That((backbone.Input.Name, backbone.Input.Describe()), Is.EqualTo(("pixels", "8x8 Stretch 1 Linear rgb 0.003921569 0,0,0 1,1,1 nchw FFFFFF")));
    }

    [Test]
    public void Load_Card_TapsPoolsAndPrepares()
    {
        var backbone = Load("""
            {
              // As onnx-models/model-card.schema.json has it.
              "id": "tiny.test", "inputName": "pixels",
              "preprocessing": { "height": 224, "width": 224, "resize": "pad", "interpolation": "lanczos3", "channels": "bgr", "scale": 1, "mean": [1, 2, 3], "std": [4, 5, 6], "background": 0 },
              "layers": { "early": "squares" }, "defaultLayers": ["early", "pooled", "flat"], "defaultPooling": "max",
            }
            """);

        Assert.That(Run(backbone), Is.EqualTo(new[] { 1f, 4, 9, 1, 2, 3, 1, 2, 3 }));
        Assert.That(backbone.Input.Describe(), Is.EqualTo("8x8 Pad 1 Lanczos3 bgr 1 1,2,3 4,5,6 nchw 000000"), "the network's own size counts");
    }

    [Test]
    public void Load_FlattenedTap_KeepsAllValues() => Assert.That(Run(Load("""{ "defaultLayers": ["squares"], "defaultPooling": "flatten" }""")), Has.Length.EqualTo(192));

    [Test]
    public void Load_OpenSizes_AreTheCardsOrTheArchitectures()
    {
        var model = TinyBackbone.Model(0, 0);

        Assert.That(Load(null, model).Input, Has.Property("Height").EqualTo(299).And.Property("Kernel").EqualTo(VipsKernel.Linear));
        Assert.That(Load("""{ "preprocessing": { "height": 32, "width": 48 } }""", model).Input, Has.Property("Height").EqualTo(32).And.Property("Width").EqualTo(48).And.Property("Fit").EqualTo(ImageFit.Crop));
    }

    [Test]
    public void Load_NetworkThatEndsWithFeatures_TakesThem()
    {
        var model = TinyBackbone.Model();
        model.Graph.Output[0] = new ValueInfoProto { Name = "flat", Type = model.Graph.Output[0].Type };
        model.Graph.Output[0].Type.TensorType.Shape = null;

        Assert.That(Run(Load(null, model)), Is.EqualTo(new[] { 1f, 2, 3 }));
    }

    [Test]
    public void Load_WeightsListedAsInputs_AreNoImages()
    {
        var model = TinyBackbone.Model();
        model.IrVersion = 3;
        foreach (var weights in model.Graph.Initializer)
            model.Graph.Input.Add(new ValueInfoProto { Name = weights.Name, Type = TypeOf(weights) });

        Assert.That(Run(Load(null, model)), Is.EqualTo(new[] { 1f, 2, 3 }));
    }

    [TestCase("""{ "defaultLayers": ["block_99"] }""", "no tensor 'block_99'")]
    [TestCase("""{ "inputName": "image" }""", "no input 'image', it has pixels")]
    [TestCase("""{ "defaultPooling": "gem" }""", "'defaultPooling' is 'gem', expected avg, max, flatten, none")]
    [TestCase("""{ "preprocessing": { "mean": [1] } }""", "'mean' has 1 values")]
    [TestCase("""{ "preprocessing": { "layout": "nhwc" } }""", "8 channels, expected 3")]
    [TestCase("{", "cannot be read")]
    public void Load_CardThatDoesNotFit_NamesFileAndFault(string card, string fault) => Assert.That(
        () => Load(card), Throws.TypeOf<FormatException>().With.Message.Contains(fault).And.Message.Contains(Path.Combine(_folder, "mobilenet_v2.json")));

    [Test]
    public void Load_NoModel_NamesTheFile()
    {
        string path = TinyBackbone.Save(_folder);
        File.WriteAllBytes(path, [1, 2, 3]);

        Assert.That(() => Backbone.Load(new(path), 299), Throws.TypeOf<FormatException>().With.Message.Contains(path));
    }

    [Test]
    public void Load_WeightsInOtherFiles_SaysToJoinThem()
    {
        var model = TinyBackbone.Model();
        model.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;

        Assert.That(() => Load(null, model), Throws.TypeOf<FormatException>().With.Message.Contains("save it as one file"));
    }

    [Test]
    public void With_Layer_GivesProbabilities()
    {
        var layer = new SoftmaxLayer(2, 3, [MathF.Log(2), 0, 0, 0, 0, 0], [0, MathF.Log(3)]);
        var backbone = Load(null);
        using var network = new ImageNetwork(backbone.With(layer, "Score"), backbone.Input, ImageNetwork.Settings(new(1)));

        // Logits (ln 2, ln 3).
        Assert.That(network.Run(_pixels, 1).ToArray(), Is.EqualTo(new[] { 0.4f, 0.6f }).Within(1e-6));
    }

    private static TypeProto TypeOf(TensorProto tensor)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(tensor.Dims.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new() { TensorType = new() { ElemType = tensor.DataType, Shape = shape } };
    }

    private static float[] Run(Backbone backbone)
    {
        using var network = new ImageNetwork(backbone.Model.ToByteArray(), backbone.Input, ImageNetwork.Settings(new(1)));
        return network.Run(_pixels, 1).ToArray();
    }

    private Backbone Load(string? card, ModelProto? model = null) => Backbone.Load(new(TinyBackbone.Save(_folder, card: card, model: model)), 299);
}
