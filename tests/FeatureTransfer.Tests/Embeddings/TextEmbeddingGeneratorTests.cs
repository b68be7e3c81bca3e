using FeatureTransfer.Embeddings;
using FeatureTransfer.Onnx;
using Microsoft.Extensions.AI;

namespace FeatureTransfer.Tests.Embeddings;

/// <summary>Texts as embeddings.</summary>
public class TextEmbeddingGeneratorTests
{
    private SmallTexts _small = null!;
    private TextEmbeddingGenerator _generator = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _small = new SmallTexts();
        _generator = new TextEmbeddingGenerator(_small.Options with { Pooling = Pooling.Cls });
    }

    [OneTimeTearDown]
    public void Close()
    {
        _generator.Dispose();
        _small.Dispose();
    }

    [Test]
    public async Task GenerateAsync_Texts_GivesTheirFeaturesInOrder()
    {
        var embeddings = await _generator.GenerateAsync(["a b", "h"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(embeddings[0].Vector.ToArray(), Is.EqualTo(SmallTexts.Hidden(SmallTexts.Ids("a b"))[0]).Within(1e-4));
            Assert.That(embeddings[1].Vector.ToArray(), Is.EqualTo(SmallTexts.Hidden(SmallTexts.Ids("h"))[0]).Within(1e-4));
            Assert.That((embeddings[0].Dimensions, _generator.Dimensions), Is.EqualTo((2, 2)));
        }
    }

    [Test]
    public void GenerateAsync_OtherModel_SaysWhichThisIs() => Assert.That(
        () => _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "other" }),
        Throws.ArgumentException.With.Message.Contains("'other'").And.Message.Contains(_small.CardPath));

    [Test]
    public void GetService_Metadata_NamesModelAndDimensions()
    {
        var metadata = (EmbeddingGeneratorMetadata)_generator.GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.That((metadata.DefaultModelId, metadata.DefaultModelDimensions), Is.EqualTo((_small.CardPath, 2)));
    }
}
