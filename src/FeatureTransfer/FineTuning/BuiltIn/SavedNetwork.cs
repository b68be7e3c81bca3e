using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Models;

namespace FeatureTransfer.FineTuning.BuiltIn;

/// <summary>What a model file says of a tuned network.</summary>
internal sealed record SavedNetwork : SavedPart
{
    /// <summary>The columns, and what it runs on.</summary>
    public required ExtractFeaturesOptions Options { get; init; }

    /// <summary>How an input becomes the graph's tensors, see <see cref="Inputs.Preparation.Text"/>.</summary>
    public required string Preparation { get; init; }

    /// <summary>The id of the backbone's card.</summary>
    public required string BackboneId { get; init; }

    /// <summary>What lies in the column that it reads.</summary>
    public InputKind Input { get; init; }

    /// <inheritdoc/>
    public override ITransformer Open(OnnxModel graph, FeatureTransferServices services) =>
        FineTunedTransformer.Create(graph, Preparations.Parse(Preparation), Options, BackboneId, services, null).For(Input);
}
