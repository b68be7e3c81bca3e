using FeatureTransfer.Backbones;

namespace FeatureTransfer.Tests.Backbones;

public class ModelCatalogTests
{
    [Test]
    public void Get_EmptyId_NamesTheKnown() => Assert.That(
        () => ModelCatalog.LoadDefault().Get(""),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no backbone ''").And.Message.Contains("resnet_18.mlnet"));

    [Test]
    public void LoadDefault_BuiltInCards_HaveLayersThatExist()
    {
        foreach (var card in ModelCatalog.LoadDefault().Cards.Where(card => card.Source.Kind is ModelSourceKind.Npm or ModelSourceKind.NuGet))
        {
            var tensors = Pulled.Model(card.Id).TensorNames;
            Assert.That(card.Layers.Values, Is.SubsetOf(tensors), card.Id);
            Assert.That(card.DefaultLayers.Select(card.ResolveLayer), Is.SubsetOf(tensors), card.Id);
            Assert.That(card.DefaultLayers, Is.Not.Empty, card.Id);
        }
    }

    [Test]
    public void Get_UnknownId_NamesTheNearest() => Assert.That(
        () => ModelCatalog.LoadDefault().Get("mobilenet_v2.nsfwsj"),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'mobilenet_v2.nsfwjs'"));

    [Test]
    public void LoadDefault_OwnCardOfAKnownId_StandsForIt()
    {
        Directory.CreateDirectory(FeatureTransferPaths.Cards);
        var own = Path.Combine(FeatureTransferPaths.Cards, "own.json");
        try
        {
            File.WriteAllText(own, """{ "id": "mobilenet_v2.nsfwjs", "description": "mine", "source": { "kind": "path", "path": "x.onnx" } }""");
            File.WriteAllText(Path.Combine(FeatureTransferPaths.Cards, "model-card.schema.json"), "{}");
            var catalog = ModelCatalog.LoadDefault();
            Assert.That(catalog.Get("mobilenet_v2.nsfwjs").Description, Is.EqualTo("mine"));
            Assert.That(catalog.Get("mobilenet_v2.nsfwjs").Origin, Is.EqualTo(own));
            Assert.That(catalog.Cards.Select(card => card.Id), Is.Unique.And.Ordered.And.Contains("inception_v3.nsfwjs"));
        }
        finally
        {
            Directory.Delete(FeatureTransferPaths.Cards, recursive: true);
        }
    }

    [Test]
    public void Get_ModelThatTakesNoImages_TellsWhatItTakes()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ft-catalog-").FullName, "tokens.onnx");
        SmallModels.Tokens().Save(path);
        Assert.That(() => new ModelCatalog([]).Get(path), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(path).And.Message.Contains("x (?, 3, 2)").And.Message.Contains("(batch, channels, height, width)"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Test]
    public void Constructor_TwoCardsWithOneId_Throws()
    {
        var card = new ModelCard { Id = "net.mine", Source = new ModelSource { Kind = ModelSourceKind.Path, Path = "net.onnx" }, Origin = "first.json" };
        Assert.That(
            () => new ModelCatalog([card, card with { Origin = "second.json" }]),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("first.json").And.Message.Contains("second.json"));
    }

    [Test]
    public void Get_PathOfAModel_TakesItsSize()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ft-catalog-").FullName, "net.v1.onnx");
        SmallModels.Convolution().Save(path);
        var card = new ModelCatalog([]).Get(path);
        var backbone = new BackboneStore().Open(card);
        Assert.Multiple(() =>
        {
            Assert.That(card.Preprocessing.Height, Is.EqualTo(8));
            Assert.That(card.InputName, Is.EqualTo("x"));
            Assert.That(backbone.OnnxPath, Is.EqualTo(path));
            Assert.That(backbone.ResolveLayers(backbone.LoadModel(), null), Is.EqualTo(new[] { "scores" }));
            Assert.That(backbone.ResolveLayers(backbone.LoadModel(), [ModelCard.Penultimate]), Is.EqualTo(new[] { "pooled" }));
        });
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
