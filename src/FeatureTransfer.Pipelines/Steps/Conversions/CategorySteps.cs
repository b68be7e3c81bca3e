using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Categories to vectors with a 1 at the category's place.</summary>
public sealed record OneHotEncodingStep : ColumnStep
{
    /// <summary>The form of the outcome. Default: indicator vectors.</summary>
    public OneHotEncodingEstimator.OutputKind OutputKind { get; init; } = OneHotEncodingEstimator.OutputKind.Indicator;

    /// <summary>The most categories. Default 1,000,000.</summary>
    public int MaximumNumberOfKeys { get; init; } = 1000000;

    /// <summary>The order of the categories. Default: as they first come.</summary>
    public ValueToKeyMappingEstimator.KeyOrdinality KeyOrdinality { get; init; } = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence;
}

/// <summary>Categories to vectors with a 1 at the place of the category's hash.</summary>
public sealed record OneHotHashEncodingStep : ColumnStep
{
    /// <summary>The form of the outcome. Default: indicator vectors.</summary>
    public OneHotEncodingEstimator.OutputKind OutputKind { get; init; } = OneHotEncodingEstimator.OutputKind.Indicator;

    /// <summary>The bits of the hash, 1 to 30. Default 16.</summary>
    public int NumberOfBits { get; init; } = 16;

    /// <summary>The seed of the hash. Default 314489979.</summary>
    public uint Seed { get; init; } = 314489979;

    /// <summary>Whether the place in a vector counts for the hash. Default true.</summary>
    public bool UseOrderedHashing { get; init; } = true;

    /// <summary>How many values a hash remembers for the slots' names: 0 for none, -1 for all. Default 0.</summary>
    public int MaximumNumberOfInverts { get; init; }
}
