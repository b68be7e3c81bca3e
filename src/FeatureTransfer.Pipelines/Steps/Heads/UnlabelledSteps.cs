using FeatureTransfer.Heads;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A trainer that learns from rows with an empty label too.</summary>
internal interface IUnlabelledStep;

/// <summary>A trainer that gives rows without a label the answers that it is sure of, and trains again.</summary>
public sealed record SelfTrainingStep() : HeadStep(new SelfTrainingOptions()), IUnlabelledStep
{
    /// <summary>What is trained; its columns are this step's. Default <see cref="LinearProbeStep"/>.</summary>
    public HeadStep Trainer { get; init; } = new LinearProbeStep();

    /// <summary>The probability from which on an answer becomes a label. Default 0.9.</summary>
    public double Threshold { get; init; }

    /// <summary>How often rows without a label get one, at most. Default 5.</summary>
    public int Rounds { get; init; }
}

/// <summary>Labels spread along nearest neighbours to rows that have none; all of these vote.</summary>
public sealed record LabelPropagationStep() : HeadStep(new LabelPropagationOptions()), IUnlabelledStep
{
    /// <summary>How many nearest rows a row is joined with, and how many vote. Default 10.</summary>
    public int K { get; init; }

    /// <summary>How distances are computed. Default <see cref="SimilarityMetric.Cosine"/>.</summary>
    public SimilarityMetric Metric { get; init; }

    /// <summary>How much of a row's label comes of its neighbours. Default 0.9.</summary>
    public double Alpha { get; init; }
}
