using FeatureTransfer.Inputs;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>The graph of an extraction in 8-bit integers, calibrated through the very preparation that the extraction uses.</summary>
internal static class Int8Graph
{
    /// <summary>Makes the graph, or finds it where the same was made before.</summary>
    /// <param name="graph">The cut and pooled graph in floats.</param>
    /// <param name="preparation">How inputs become its tensors.</param>
    /// <param name="inputs">The inputs; the first are read.</param>
    /// <param name="options">How many, and how near the features have to stay.</param>
    /// <param name="services">Who takes logs.</param>
    /// <exception cref="FeatureTransferException">The inputs are recordings, none can be read, or the features are not near enough.</exception>
    public static OnnxModel Of(OnnxModel graph, Preparation preparation, IEnumerable<FeatureInput> inputs, ExtractFeaturesOptions options, FeatureTransferServices services)
    {
        var sample = CalibrationSample.Of(graph, preparation, inputs, options.CalibrationRows);
        var store = new Int8Store(FeatureTransferPaths.Int8);
        var key = Int8Store.KeyOf(graph, sample.Fingerprint, sample.Contents, $"{sample.Method} {options.MinimumSimilarity:R}");
        if (store.Find(key, graph.Name) is { } kept)
            return kept;
        var made = sample.Quantize(graph, services.Cancellation);
        var similarity = FeatureSimilarity.Mean(made, sample, services.Cancellation);
        if (!(similarity >= options.MinimumSimilarity))
            throw TooFar(graph, similarity, made.Expected.Count, options);
        services.Logger.LogInformation("{Model} in int8: features with a mean cosine similarity of {Similarity:0.0000} to those in floats over {Rows} inputs.", graph.Name, similarity, made.Expected.Count);
        store.Keep(key, made.Model);
        return made.Model;
    }

    private static FeatureTransferException TooFar(OnnxModel graph, double similarity, int rows, ExtractFeaturesOptions options) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{graph.Name}: in int8 the features have a mean cosine similarity of {similarity:0.0000} to those in floats over {rows} inputs, below the bound {options.MinimumSimilarity:0.0000}. Stay with floats, choose another backbone, or lower {nameof(options.MinimumSimilarity)}."));
}
