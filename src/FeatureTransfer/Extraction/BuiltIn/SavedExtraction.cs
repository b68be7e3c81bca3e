using FeatureTransfer.Inputs;
using FeatureTransfer.Models;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>What a model file says of a feature extraction.</summary>
internal sealed record SavedExtraction : SavedPart
{
    /// <summary>What is extracted.</summary>
    public required ExtractFeaturesOptions Options { get; init; }

    /// <summary>How an input becomes the graph's tensors, see <see cref="Preparation.Text"/>.</summary>
    public required string Preparation { get; init; }

    /// <summary>The id of the backbone's card.</summary>
    public required string BackboneId { get; init; }

    /// <summary>What lies in the column that it reads.</summary>
    public InputKind Input { get; init; }

    /// <inheritdoc/>
    public override ITransformer Open(OnnxModel graph, FeatureTransferServices services) =>
        ExtractFeaturesTransformer.Create(Options with { UseCache = Options.UseCache && services.KeepsFeatures }, graph, Preparations.Parse(Preparation), BackboneId, services).For(Input);
}
