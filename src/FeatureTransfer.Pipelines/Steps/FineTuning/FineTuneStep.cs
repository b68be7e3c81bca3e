using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Fine-tunes a backbone; it ends a chain of any task. In a multiclass one the label is a key.</summary>
public sealed record FineTuneStep : PipelineStep, IAugmentedStep, IImageTrainerStep
{
    /// <summary>What is trained, and how. In JSON its members stand beside <c>type</c>.</summary>
    public required FineTuneOptions Options { get; init; }

    /// <summary>What changes in the card's image preprocessing. Default: nothing.</summary>
    public PreprocessingOverride Preprocessing { get; init; } = new();

    /// <summary>How a text becomes tokens. Default: as the card says, cut at its length.</summary>
    public TextPreprocessing Text { get; init; } = new();

    /// <summary>What changes training images at random. Default: nothing; then the one of <see cref="Options"/> counts.</summary>
    public AugmentationPlan Augmentation { get; init; } = AugmentationPlan.None;

    string IAugmentedStep.Backbone => Options.Backbone;

    FineTuneOptions IImageTrainerStep.Training(StepBuild build) => FineTuneKinds.Options(this, build);
}
