using System.Text.Json.Nodes;
using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Vision;

/// <summary>One learning rate for all steps.</summary>
internal sealed record ConstantRate(double LearningRate) : ILearningRateCourse
{
    public JsonNode Fingerprint => LearningRate;

    public double RateAt(long step, int stepsPerEpoch, int batchSize) => LearningRate;
}
