using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Values to keys.</summary>
public sealed record MapValueToKeyStep : ColumnStep
{
    /// <summary>The most values that get a key. Default 1,000,000.</summary>
    public int MaximumNumberOfKeys { get; init; } = 1000000;

    /// <summary>The order of the keys. Default: as the values first come.</summary>
    public ValueToKeyMappingEstimator.KeyOrdinality KeyOrdinality { get; init; } = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence;

    /// <summary>Whether the values are kept beside the keys as text, whatever they are. Default false.</summary>
    public bool AddKeyValueAnnotationsAsText { get; init; }
}

/// <summary>Keys back to values.</summary>
public sealed record MapKeyToValueStep : ColumnStep;

/// <summary>Keys to vectors with a 1 at the key's place.</summary>
public sealed record MapKeyToVectorStep : ColumnStep
{
    /// <summary>Whether a vector of keys becomes one vector of counts. Default false: one vector a key.</summary>
    public bool OutputCountVector { get; init; }
}

/// <summary>Values to another type.</summary>
public sealed record ConvertTypeStep : ColumnStep
{
    /// <summary>The type. Default: numbers of single precision.</summary>
    public DataKind OutputKind { get; init; } = DataKind.Single;
}
