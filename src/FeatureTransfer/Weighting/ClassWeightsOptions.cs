namespace FeatureTransfer.Weighting;

/// <summary>What <c>ClassWeights</c> reads and adds.</summary>
public sealed record ClassWeightsOptions
{
    /// <summary>The column that is added: a float, the weight of the row. Default <c>Weight</c>.</summary>
    public string OutputColumnName { get; init; } = "Weight";

    /// <summary>The label: text, a key, a boolean or a float. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// A column of text, such as a group of people: rows are then counted by label and group together, so that within each class all its groups weigh alike too
    /// ("balanced groups", Idrissi and others 2022). Default, and null: by label alone.
    /// </summary>
    public string? GroupColumnName { get; init; }
}
