using FeatureTransfer.Embeddings;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using Microsoft.Extensions.AI;

namespace FeatureTransfer.Tests.Embeddings;

public class ImageEmbeddingGeneratorTests
{
    private ColourImages _images = null!;
    private ImageEmbeddingGenerator _generator = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _images = new ColourImages(3);
        _generator = new ImageEmbeddingGenerator(_images.Options);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _generator.Dispose();
        _images.Dispose();
    }

    [Test]
    public async Task Generate_PathsBytesStreamsAndContents_AreTheExtractorsFeatures()
    {
        using var extractor = new FeatureExtractor(_images.Options);
        var expected = extractor.Extract(_images.Paths).Select(row => row.Features).ToList();
        var paths = await _generator.GenerateAsync(_images.Paths.Select(InputValue.FromFile));
        var bytes = await _generator.GenerateAsync(_images.Paths.Select(path => InputValue.FromBytes(File.ReadAllBytes(path), path)));
        var streams = await _generator.GenerateAsync(_images.Paths.Select(path => InputValue.FromStream(File.OpenRead(path), path)));
        var contents = await _generator.GenerateAsync(_images.Paths.Select(path => new DataContent(File.ReadAllBytes(path), "image/png")));
        foreach (var embeddings in new[] { paths, bytes, streams, contents })
            Assert.That(embeddings.Select(embedding => embedding.Vector.ToArray()), Is.EqualTo(expected));
        Assert.That(paths[0].ModelId, Is.EqualTo(_images.Options.Backbone));
    }

    [Test]
    public void Metadata_OfTheBackbone_NamesModelAndDimensions()
    {
        var metadata = (EmbeddingGeneratorMetadata)_generator.GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.That((metadata.DefaultModelId, metadata.DefaultModelDimensions, metadata.ProviderName), Is.EqualTo((_images.Options.Backbone, (int?)_generator.Dimensions, "FeatureTransfer")));
    }

    [Test]
    public void GetService_OwnTypeOrKey_IsItselfOrNothing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_generator.GetService(typeof(ImageEmbeddingGenerator)), Is.SameAs(_generator));
            Assert.That(_generator.GetService(typeof(ImageEmbeddingGenerator), "key"), Is.Null);
            Assert.That(_generator.GetService(typeof(string)), Is.Null);
        });
    }

    [Test]
    public void Generate_OtherModelOrDimensions_IsAnError()
    {
        InputValue[] images = [InputValue.FromFile(_images.Paths[0])];
        Assert.Multiple(() =>
        {
            Assert.That(() => _generator.GenerateAsync(images, new EmbeddingGenerationOptions { ModelId = "other" }), Throws.ArgumentException.With.Message.Contains("'other'"));
            Assert.That(() => _generator.GenerateAsync(images, new EmbeddingGenerationOptions { Dimensions = 999 }), Throws.ArgumentException.With.Message.Contains("999"));
            Assert.That(
                async () => await _generator.GenerateAsync(images, new EmbeddingGenerationOptions { ModelId = _images.Options.Backbone, Dimensions = _generator.Dimensions }),
                Throws.Nothing);
        });
    }

    [Test]
    public void Generate_ImageThatCannotBeUsed_ThrowsWithItsName() => Assert.That(
        async () => await _generator.GenerateAsync([InputValue.FromFile(_images.Paths[0]), InputValue.FromBytes(new byte[] { 1, 2, 3 }, "broken")]),
        Throws.TypeOf<BadInputException>().With.Property("Input").EqualTo("broken"));

    [Test]
    public void Generate_ContentThatIsNoImage_IsAnError() => Assert.That(
        () => _generator.GenerateAsync([new DataContent(new byte[] { 1 }, "audio/wav")]),
        Throws.ArgumentException.With.Message.Contains("audio/wav"));

    [Test]
    public void Generate_Cancelled_Stops() => Assert.That(
        async () => await _generator.GenerateAsync([InputValue.FromFile(_images.Paths[0])], null, new CancellationToken(true)),
        Throws.InstanceOf<OperationCanceledException>());
}
