using System.Text.Json;
using System.Text.Json.Nodes;
using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Vision;

/// <summary>How a learning rate falls over the steps of a training: ML.NET's <c>LearningRateScheduler</c>s.</summary>
public enum LearningRateDecayKind
{
    /// <summary>By a factor each time, as ML.NET's <c>ExponentialLRDecay</c>.</summary>
    Exponential,

    /// <summary>By a polynomial to another rate, as ML.NET's <c>PolynomialLRDecay</c>.</summary>
    Polynomial,

    /// <summary>
    /// Scaled to the batch (Goyal and others, 2017, arXiv:1706.02677) and times 0.1, 0.01 and 0.0001 from epochs 91, 136 and 182 on, as ML.NET's
    /// <c>LsrDecay</c>.
    /// </summary>
    LinearScaling,
}

/// <summary>The course of a learning rate. The defaults are those of ML.NET's <c>ExponentialLRDecay</c>.</summary>
public sealed record LearningRateDecay : ILearningRateCourse
{
    // The linear scaling rule's batch, for which its rate is given.
    private const double ReferenceBatch = 128;

    private static readonly (int Epoch, double Factor)[] _milestones = [(182, 0.0001), (136, 0.01), (91, 0.1)];

    /// <summary>How the rate falls. Default <see cref="LearningRateDecayKind.Exponential"/>.</summary>
    public LearningRateDecayKind Kind { get; init; }

    /// <summary>
    /// The rate at the start; for <see cref="LearningRateDecayKind.LinearScaling"/> that of a batch of 128, which ML.NET has at 0.1. Default 0.01.
    /// </summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The epochs between falls, or those of a polynomial's whole course. Default 2.</summary>
    public double NumEpochsPerDecay { get; init; } = 2;

    /// <summary>The factor of an exponential fall. Default 0.94.</summary>
    public double DecayRate { get; init; } = 0.94;

    /// <summary>Whether an exponential rate falls in steps and not from batch to batch. Default true.</summary>
    public bool Staircase { get; init; } = true;

    /// <summary>The rate at which a polynomial ends. Default 0.0001.</summary>
    public double EndLearningRate { get; init; } = 0.0001;

    /// <summary>The power of a polynomial; 1 is a line. Default 1.</summary>
    public double Power { get; init; } = 1;

    /// <summary>Whether a polynomial's course is stretched to its next multiple once it is over, at which the rate rises. Default false.</summary>
    public bool Cycle { get; init; }

    JsonNode ILearningRateCourse.Fingerprint => JsonSerializer.SerializeToNode(this)!;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="stepsPerEpoch">The steps of an epoch, 1 or more.</param>
    /// <param name="batchSize">Rows a batch.</param>
    public double RateAt(long step, int stepsPerEpoch, int batchSize)
    {
        var steps = Math.Max(1, (int)(stepsPerEpoch * NumEpochsPerDecay));
        return Kind switch
        {
            LearningRateDecayKind.Polynomial => Polynomial(step, steps),
            LearningRateDecayKind.LinearScaling => LearningRate * batchSize / ReferenceBatch * Milestone(step / stepsPerEpoch),
            _ => LearningRate * Math.Pow(DecayRate, Staircase ? Math.Floor((double)step / steps) : (double)step / steps),
        };
    }

    private double Polynomial(long step, int steps)
    {
        var course = Cycle && step > steps ? steps * Math.Ceiling((double)step / steps) : steps;
        return ((LearningRate - EndLearningRate) * Math.Pow(1 - Math.Min(1, step / course), Power)) + EndLearningRate;
    }

    private static double Milestone(long epoch) => _milestones.Where(milestone => epoch >= milestone.Epoch).Select(milestone => milestone.Factor).FirstOrDefault(1);
}
