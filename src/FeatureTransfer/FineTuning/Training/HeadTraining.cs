using System.Text.Json.Nodes;

namespace FeatureTransfer.FineTuning;

/// <summary>How the first phase learns, where it is not to learn as the second one does.</summary>
/// <param name="Optimizer">How gradients become steps.</param>
/// <param name="Course">The learning rate of each step.</param>
internal sealed record HeadTraining(OptimizerOptions Optimizer, ILearningRateCourse Course);

/// <summary>The learning rate of each step of a phase.</summary>
internal interface ILearningRateCourse
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step of the phase, from 0.</param>
    /// <param name="stepsPerEpoch">The steps of an epoch.</param>
    /// <param name="batchSize">Rows a batch.</param>
    double RateAt(long step, int stepsPerEpoch, int batchSize);

    /// <summary>What tells this course from others, for checkpoints.</summary>
    JsonNode Fingerprint { get; }
}
