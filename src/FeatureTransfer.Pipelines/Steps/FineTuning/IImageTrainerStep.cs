using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step that trains a network on images, where other trainers have features.</summary>
internal interface IImageTrainerStep
{
    /// <summary>What is trained, and how, with full paths.</summary>
    FineTuneOptions Training(StepBuild build);
}
