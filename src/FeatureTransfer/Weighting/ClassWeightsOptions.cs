namespace FeatureTransfer.Weighting;

/// <summary>What <c>ClassWeights</c> reads and adds.</summary>
public sealed record ClassWeightsOptions
{
    /// <summary>The column that is added: a float, the weight of the row. Default <c>Weight</c>.</summary>
    public string OutputColumnName { get; init; } = "Weight";

    /// <summary>The label: text, a key, a boolean or a float. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";
}
