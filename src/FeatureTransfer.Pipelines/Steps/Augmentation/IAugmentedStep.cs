using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step that changes training images at random.</summary>
public interface IAugmentedStep
{
    /// <summary>What is changed.</summary>
    AugmentationPlan Augmentation { get; }

    /// <summary>The backbone whose preprocessing makes tensors of the images: an id of the catalogue, or the path of a card or an ONNX file.</summary>
    string Backbone { get; }

    /// <summary>What changes in the card's image preprocessing.</summary>
    PreprocessingOverride Preprocessing { get; }
}
