namespace FeatureTransfer.Cascades;

/// <summary>What a cascade reads and gives as a transform.</summary>
public sealed record RunCascadeOptions
{
    /// <summary>The column that is read: paths of images. Default <c>ImagePath</c>.</summary>
    public string InputColumnName { get; init; } = "ImagePath";

    /// <summary>The column that is added: text, or a vector of floats. Default <c>Found</c>.</summary>
    public string OutputColumnName { get; init; } = "Found";

    /// <summary>The value of the cascade that goes into it: texts, or a tensor, whose rows are averaged. Default null: what the last stage gives.</summary>
    public string? Value { get; init; }

    /// <summary>What stands between several texts. Default a new line.</summary>
    public string Separator { get; init; } = "\n";
}
