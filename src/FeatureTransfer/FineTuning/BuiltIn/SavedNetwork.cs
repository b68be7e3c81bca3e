using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Models;

namespace FeatureTransfer.FineTuning.BuiltIn;

/// <summary>What a model file says of a tuned network.</summary>
internal sealed record SavedNetwork : SavedPart
{
    /// <summary>The column that it reads.</summary>
    public required string InputColumnName { get; init; }

    /// <summary>How an image becomes the graph's input.</summary>
    public required ImageRecipe Recipe { get; init; }

    /// <summary>The id of the backbone's card.</summary>
    public required string BackboneId { get; init; }

    /// <summary>What lies in the column that it reads.</summary>
    public InputKind Input { get; init; }

    /// <inheritdoc/>
    public override ITransformer Open(OnnxModel graph, FeatureTransferServices services) =>
        FineTunedTransformer.Create(graph, Recipe, InputColumnName, BackboneId, services).For(Input);
}
