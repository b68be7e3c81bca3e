using FeatureTransfer.Adaptation;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines;

/// <summary>What a <see cref="DomainComparison"/> tries. Immutable.</summary>
public record DomainComparisonOptions
{
    /// <summary>The ways to adapt features. Default all.</summary>
    public ValueList<AdaptationMethod> Methods { get; init; } = [.. Enum.GetValues<AdaptationMethod>()];

    /// <summary>The ways to weigh rows of the source; the chain's trainer has to take weights. Default none.</summary>
    public ValueList<ImportanceMethod> Weights { get; init; } = [];

    /// <summary>Other models that are tried: with statistics of the target's images, fine-tuned with the domains aligned, or trained on rows of the target too, which have labels then. Default none.</summary>
    public ValueList<TargetModel> Models { get; init; } = [];

    /// <summary>
    /// The share of the target's rows that is held out to judge, above 0 and below 1; of the others the features are looked at, and no label unless <see cref="Models"/> ask for
    /// it. Default 0.5.
    /// </summary>
    public double TestFraction { get; init; } = 0.5;

    /// <summary>The probability of error below which a difference counts, after Holm's correction for the number of comparisons; above 0 and below 1. Default 0.05.</summary>
    public double Significance { get; init; } = 0.05;

    /// <summary>How many candidates there are beside source-only.</summary>
    internal int Count => Methods.Count + Weights.Count + Models.Count;

    internal void Validate()
    {
        if (TestFraction is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(TestFraction), TestFraction, "Expected a share above 0 and below 1.");
        if (Significance is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Significance), Significance, "Expected a probability above 0 and below 1.");
        if (Count == 0)
            throw new ArgumentException("There is nothing to compare: Methods, Weights and Models are empty.", nameof(Methods));
    }
}

/// <summary>
/// The domain that a pipeline's model is for, beside its data, which are the source. A run compares adaptations on held-out rows of the target, and trains the model
/// it writes with the one that beats training on the source alone beyond chance, if one does. Immutable.
/// </summary>
public sealed record TargetOptions : DomainComparisonOptions
{
    /// <summary>The target's rows: the same classes, or no labels, with which nothing judges and the plain model is kept.</summary>
    public required DataSource Data { get; init; }
}
