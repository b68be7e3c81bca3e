using System.Numerics.Tensors;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Tests.Extraction;

/// <summary>The text backbones give the cosines that their authors print on the models' pages.</summary>
public class PublishedSimilaritiesTests
{
    private const string Query = "Represent this sentence for searching relevant passages: ";

    [Test]
    public void MiniLm_ThreeSentences_HaveThePublishedCosines()
    {
        var texts = Embed("minilm_l6.sbert", null, "The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");
        Assert.That(
            new[] { Cosine(texts[0], texts[1]), Cosine(texts[0], texts[2]), Cosine(texts[1], texts[2]) },
            Is.EqualTo(new[] { 0.6660, 0.1046, 0.1411 }).Within(0.00005));
    }

    [Test]
    public void ArcticXs_QueriesAndPassages_HaveThePublishedCosines()
    {
        var queries = Embed("arctic_xs.snowflake", Query, "what is snowflake?", "Where can I get the best tacos?");
        var passages = Embed("arctic_xs.snowflake", null, "The Data Cloud!", "Mexico City of Course!");
        Assert.That(
            queries.SelectMany(_ => passages, Cosine),
            Is.EqualTo(new[] { 0.57515126, 0.45798576, 0.5044898, 0.5636022 }).Within(0.00005));
    }

    private static float[][] Embed(string id, string? prefix, params string[] texts)
    {
        Pulled.BackboneOrSkip(id);
        var options = new ExtractFeaturesOptions { Backbone = id, UseCache = false, UnitLength = true, Preprocessing = prefix is null ? null : new TextPreprocessing { Prefix = prefix } };
        using var extractor = new FeatureExtractor(options, FeatureTransferServices.Default with { Backbones = Pulled.Store });
        return [.. extractor.Extract(texts).Select(row => row.Features)];
    }

    private static double Cosine(float[] left, float[] right) => TensorPrimitives.CosineSimilarity<float>(left, right);
}
