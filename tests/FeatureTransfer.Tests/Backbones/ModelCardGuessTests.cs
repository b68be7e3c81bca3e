using FeatureTransfer.Backbones;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Tests.Backbones;

public class ModelCardGuessTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-guess-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void OfFile_Stages_NamesTheLastLayerOfEachAndWhatTheClassifierTakes()
    {
        var card = Guess(SmallModels.Stages());
        Assert.Multiple(() =>
        {
            Assert.That(card.Id, Is.EqualTo("my_net_v1.local"));
            Assert.That(card.InputName, Is.EqualTo("x"));
            Assert.That(card.Preprocessing, Is.EqualTo(new ImagePreprocessing { Height = 64, Width = 64 }));
            Assert.That(card.Layers, Is.EqualTo(new Dictionary<string, string> { ["stride2"] = "act1", ["stride4"] = "block2", ["stride8"] = "act3", ["stride16"] = "act4", ["features"] = "flat" }));
            Assert.That(card.DefaultLayers, Is.EqualTo(new[] { "features" }));
            Assert.That(new BackboneStore(_folder).Check(card), Is.EqualTo(StoredFile.Matches));
        });
    }

    [Test]
    public void OfFile_Transformer_NamesThePlacesBetweenItsBlocks()
    {
        var card = Guess(SmallModels.Transformer());
        Assert.That(card.Layers, Is.EqualTo(new Dictionary<string, string> { ["depth25"] = "sum1", ["depth50"] = "sum2", ["depth75"] = "sum3", ["features"] = "first" }));
    }

    [Test]
    public void OfFile_SizeIsOpen_IsTheRecipes()
    {
        var preprocessing = new ImagePreprocessing { Height = 96, Width = 128, Interpolation = Interpolation.Bicubic };
        var card = Guess(SmallModels.Stages(height: -1, width: -1), preprocessing);
        Assert.That(card.Preprocessing, Is.EqualTo(preprocessing));
        Assert.That(card.Layers["stride16"], Is.EqualTo("act4"));
    }

    [Test]
    public void OfFile_ChannelsLast_TellsTheLayout()
    {
        var card = Guess(SmallModels.ChannelsLast());
        Assert.That(card.Preprocessing.Layout, Is.EqualTo(TensorLayout.Nhwc));
        Assert.That((card.Preprocessing.Height, card.Preprocessing.Width), Is.EqualTo((4, 4)));
        Assert.That(card.Layers, Is.EqualTo(new Dictionary<string, string> { ["features"] = "first" }), "without a head, the output");
    }

    [Test]
    public void OfFile_TextBesideTheImage_KeepsToTheImage()
    {
        var model = SmallModels.Stages();
        var builder = new GraphBuilder(model.Proto.Graph);
        builder.Graph.Input.Add(GraphBuilder.FloatValue("text", -1, 5));
        builder.Node("Mul", "both", ["scores", "text"]);
        builder.Graph.Output.Insert(0, new FeatureTransfer.Onnx.Proto.ValueInfoProto { Name = "both" });
        Assert.That(Guess(model).Layers["features"], Is.EqualTo("flat"));
    }

    [Test]
    public void OfFile_NoFullyConnectedLayerBehindThePooling_TakesThePooling()
    {
        var model = SmallModels.Stages();
        var graph = model.Proto.Graph;
        foreach (var node in graph.Node.Where(node => node.OpType is "Flatten" or "Gemm").ToList())
            graph.Node.Remove(node);
        graph.Node[^1].Input[0] = "mean";
        Assert.That(Guess(model).Layers["features"], Is.EqualTo("mean"));
    }

    [Test]
    public void OfFile_OtherChannels_AreRefused() => Assert.That(
        () => Guess(SmallModels.Image()),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("x (?, 2, 2, 2)").And.Message.Contains("2 channels"));

    [Test]
    public void OfFile_InputOfTruths_IsRefused()
    {
        var model = SmallModels.Stages();
        model.Proto.Graph.Input[0].Type.TensorType.ElemType = (int)FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType.Bool;
        Assert.That(() => Guess(model), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Bool"));
    }

    [Test]
    public void OfFile_InputOfBytes_LeavesPixelsAsTheyAre()
    {
        var card = Guess(OnnxFiles.Means(FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType.Uint8, FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType.Float));
        Assert.That((card.Preprocessing.Scale, card.Preprocessing.Mean[0], card.Preprocessing.Std[0]), Is.EqualTo((1f, 0f, 1f)));
        Assert.That(card.DefaultLayers, Is.EqualTo(new[] { "features" }));
    }

    [Test]
    public void OfFile_ResNet18_NamesTheLayersOfItsCard()
    {
        var backbone = Pulled.Backbone("resnet_18.mlnet");
        var card = ModelCardGuess.OfFile(backbone.OnnxPath);
        Assert.Multiple(() =>
        {
            Assert.That(card.InputName, Is.EqualTo("Input247"));
            Assert.That(card.Sha256, Is.EqualTo(backbone.Card.Sha256));
            Assert.That(card.DefaultLayers.Select(card.ResolveLayer), Is.EqualTo(new[] { "Pooling395_Output_0" }));
            foreach (var (guessed, known) in new[] { ("stride4", "stage1"), ("stride8", "stage2"), ("stride16", "stage3"), ("stride32", "stage4") })
                Assert.That(card.Layers[guessed], Is.EqualTo(backbone.Card.Layers[known]), guessed);
        });
    }

    private ModelCard Guess(OnnxModel model, ImagePreprocessing? preprocessing = null)
    {
        var path = Path.Combine(_folder, "my net.v1.onnx");
        model.Save(path);
        return ModelCardGuess.OfFile(path, preprocessing);
    }
}
