using FeatureTransfer.Extraction;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The feature extractions of a chain, freed together.</summary>
internal sealed class Extractors(TransformerChain<ITransformer> chain) : IDisposable
{
    private readonly List<ExtractFeaturesTransformer> _transformers = [.. chain.OfType<ExtractFeaturesTransformer>()];

    /// <summary>The first one, for the report.</summary>
    public BackboneSummary? Summary(FeatureTransferServices services)
    {
        if (_transformers is not [var first, ..])
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
