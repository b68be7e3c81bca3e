using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx.Quantization;
using FeatureTransfer.Variants;

namespace FeatureTransfer.Tests.Variants;

public class BackboneVariantsTests
{
    private static readonly string[] _codes = ["1f600", "1f34e", "1f697", "1f431"];

    private static IReadOnlyList<string> Sample => [.. _codes.Select(code => Reference.Npm($"emoji-datasource-twitter/img/twitter/64/{code}.png"))];

    private static VariantOptions Options => new() { Backbone = "mobilenet_v2.nsfwjs", Format = WeightFormat.Fp16, Sample = Sample };

    [Test]
    public async Task Make_Fp16OfMobileNet_IsHalfTheSizeNearAndUsableByItsId()
    {
        var result = await BackboneVariants.MakeAsync(Options);
        using var extractor = new FeatureExtractor(
            new ExtractFeaturesOptions { Backbone = result.Id, UseCache = false },
            new FeatureTransferServices { Catalog = ModelCatalog.LoadDefault() });
        Assert.Multiple(() =>
        {
            Assert.That(result.Id, Is.EqualTo("mobilenet_v2.nsfwjs.fp16"));
            Assert.That(result.Comparison.MinimumSimilarity, Is.GreaterThan(0.9999));
            Assert.That(result.Bytes, Is.LessThan(result.OriginalBytes * 0.55));
            Assert.That(extractor.Extract(Sample).Count(), Is.EqualTo(Sample.Count));
        });
        File.Delete(result.CardPath);
    }

    [Test]
    public async Task Make_Int8OfMobileNet_IsAThirdOfTheSizeAndItsLayersCanBeTapped()
    {
        var result = await BackboneVariants.MakeAsync(Options with { Format = WeightFormat.Int8, Force = true });
        var catalog = ModelCatalog.LoadDefault();
        using var extractor = new FeatureExtractor(
            new ExtractFeaturesOptions { Backbone = result.Id, Layers = [.. catalog.Get(result.Id).Layers.Keys], UseCache = false },
            new FeatureTransferServices { Catalog = catalog });
        File.Delete(result.CardPath);
        Assert.Multiple(() =>
        {
            Assert.That(extractor.Extract(Sample).Count(), Is.EqualTo(Sample.Count));
            Assert.That(result.Bytes, Is.LessThan(result.OriginalBytes * 0.35));
            Assert.That(result.Comparison.MinimumSimilarity, Is.InRange(0.9, 1).And.LessThanOrEqualTo(result.Comparison.MeanSimilarity));
            Assert.That(Sample, Does.Contain(result.Comparison.WorstImage));
        });
    }

    [Test]
    public void Make_BelowTheBound_IsRefusedAndNothingIsWritten()
    {
        Assert.That(
            async () => await BackboneVariants.MakeAsync(Options with { Format = WeightFormat.Int8, MinimumSimilarity = 1 }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("cosine similarity").And.Message.Contains("below the bound 1.0000"));
        Assert.That(File.Exists(Path.Combine(FeatureTransferPaths.Cards, "mobilenet_v2.nsfwjs.int8.json")), Is.False);
    }

    [Test]
    public void Validate_Faults_AreAllNamed() => Assert.That(
        () => new VariantOptions { Backbone = "", Sample = [], MinimumSimilarity = 2 }.Validate(),
        Throws.ArgumentException.With.Message.Contains("Backbone is empty").And.Message.Contains("Sample is empty").And.Message.Contains("MinimumSimilarity is 2"));
}
