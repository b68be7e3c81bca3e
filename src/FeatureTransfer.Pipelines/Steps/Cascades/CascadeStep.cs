namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Adds a column with what a cascade of models gives for an image: texts, or a vector.</summary>
public sealed record CascadeStep : OutputStep
{
    /// <summary>The value that the image has within the cascade.</summary>
    public const string Image = "image";

    /// <summary>The column that is read: paths of images. Default <c>ImagePath</c>.</summary>
    public string Input { get; init; } = "ImagePath";

    /// <summary>The stages, in order; what one gives, those behind it can read by name, and all of them the image as <see cref="Image" />.</summary>
    public required ValueList<CascadeStageStep> Stages { get; init; }

    /// <summary>The value that goes into the column: texts, or a tensor, whose rows are averaged. Null, the default, is what the last stage gives.</summary>
    public string? Value { get; init; }

    /// <summary>What stands between several texts. Default a new line.</summary>
    public string Separator { get; init; } = "\n";
}
