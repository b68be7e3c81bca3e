using FeatureTransfer.Extraction;
using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The feature extractions of a chain, freed together.</summary>
internal sealed class Extractors(TransformerChain<ITransformer> chain) : IDisposable
{
    private readonly List<ExtractFeaturesTransformer> _transformers = [.. chain.OfType<ExtractFeaturesTransformer>()];

    /// <summary>The first one, for the report.</summary>
    public BackboneSummary? Summary(FeatureTransferServices services) => Summary(_transformers.FirstOrDefault(), services);

    /// <summary>The first one of the chains within a trained gate or ensemble, for the report; null where there is none.</summary>
    public static BackboneSummary? SummaryWithin(ITransformer trained, FeatureTransferServices services)
    {
        ExtractFeaturesTransformer? first = null;
        ModelChain.Map(trained, (part, _) =>
        {
            first ??= part as ExtractFeaturesTransformer;
            return part;
        });
        return Summary(first, services);
    }

    private static BackboneSummary? Summary(ExtractFeaturesTransformer? first, FeatureTransferServices services)
    {
        if (first is null)
            return null;
        var card = services.Catalog.Get(first.Options.Backbone);
        return new BackboneSummary(
            card.Id,
            first.Options.Layers ?? card.DefaultLayers,
            (first.Options.Pooling ?? card.DefaultPooling).ToString().ToLowerInvariant(),
            first.FeatureLength,
            card.Licence);
    }

    public void Dispose() => _transformers.ForEach(transformer => transformer.Dispose());
}
