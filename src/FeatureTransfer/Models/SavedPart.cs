using System.Text.Json.Serialization;
using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx;
using Microsoft.ML;

namespace FeatureTransfer.Models;

/// <summary>What a model file says of a part of ours, beside its graph.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SavedExtraction), "extractFeatures")]
[JsonDerivedType(typeof(SavedNetwork), "fineTune")]
internal abstract record SavedPart
{
    /// <summary>The folder of the built-in transformers that stand for it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The entry with its graph, among those.</summary>
    public string Graph { get; init; } = "";

    /// <summary>How an image becomes the graph's input.</summary>
    public required ImageRecipe Recipe { get; init; }

    /// <summary>The id of the backbone's card.</summary>
    public required string BackboneId { get; init; }

    /// <summary>What lies in the column that it reads.</summary>
    public InputKind Input { get; init; }

    /// <summary>Makes the part.</summary>
    /// <param name="graph">Its graph.</param>
    /// <param name="services">Where features are kept and who is told.</param>
    public abstract ITransformer Open(OnnxModel graph, FeatureTransferServices services);
}

/// <summary>A feature extraction.</summary>
internal sealed record SavedExtraction : SavedPart
{
    /// <summary>What is extracted.</summary>
    public required ExtractFeaturesOptions Options { get; init; }

    public override ITransformer Open(OnnxModel graph, FeatureTransferServices services) =>
        ExtractFeaturesTransformer.Create(Options, graph, Recipe, BackboneId, services).For(Input);
}

/// <summary>A tuned network.</summary>
internal sealed record SavedNetwork : SavedPart
{
    /// <summary>The column that it reads.</summary>
    public required string InputColumnName { get; init; }

    public override ITransformer Open(OnnxModel graph, FeatureTransferServices services) =>
        FineTunedTransformer.Create(graph, Recipe, InputColumnName, BackboneId, services).For(Input);
}
