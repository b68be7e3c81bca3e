using FeatureTransfer.FineTuning;
using FeatureTransfer.Vision;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>
/// ML.NET's image trainer on an ONNX backbone: a softmax layer on its features, by plain gradient descent. It ends a chain whose label is a key.
/// </summary>
public sealed record ImageClassificationStep : PipelineStep, IImageTrainerStep
{
    /// <summary>What is trained, and how. In JSON its members stand beside <c>type</c>, and the column of images is called <c>input</c>.</summary>
    public required OnnxImageClassificationOptions Options { get; init; }

    /// <summary>What changes in the card's image preprocessing. Default: nothing.</summary>
    public PreprocessingOverride Preprocessing { get; init; } = new();

    FineTuneOptions IImageTrainerStep.Training(StepBuild build) => ImageClassificationKinds.Options(this, build).ToFineTuning(separateValidation: false);
}
