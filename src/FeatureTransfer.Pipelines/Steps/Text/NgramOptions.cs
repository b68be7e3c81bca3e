using Microsoft.ML.Transforms.Text;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>How sequences of words or of characters are counted.</summary>
public sealed record NgramOptions
{
    /// <summary>The length of the sequences. Default 1; <see cref="FeaturizeTextStep" /> has its own.</summary>
    public int NgramLength { get; init; } = 1;

    /// <summary>How many words or characters may be skipped within a sequence. Default 0.</summary>
    public int SkipLength { get; init; }

    /// <summary>Whether shorter sequences count too. Default true.</summary>
    public bool UseAllLengths { get; init; } = true;

    /// <summary>The most sequences of each length that are counted; one number stands for all lengths. Default 10,000,000.</summary>
    public ValueList<int> MaximumNgramsCount { get; init; } = [10000000];

    /// <summary>What a count becomes. Default: it stays.</summary>
    public NgramExtractingEstimator.WeightingCriteria Weighting { get; init; } = NgramExtractingEstimator.WeightingCriteria.Tf;

    internal static NgramOptions Words { get; } = new() { NgramLength = 2 };

    internal static NgramOptions Characters { get; } = new() { NgramLength = 3, UseAllLengths = false };

    internal WordBagEstimator.Options ToEngine() => new()
    {
        NgramLength = NgramLength,
        SkipLength = SkipLength,
        UseAllLengths = UseAllLengths,
        MaximumNgramsCount = [.. MaximumNgramsCount],
        Weighting = Weighting,
    };
}
