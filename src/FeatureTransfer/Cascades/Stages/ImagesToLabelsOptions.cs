namespace FeatureTransfer.Cascades;

/// <summary>The columns of a chain that classifies images.</summary>
public sealed record ImagesToLabelsOptions
{
    /// <summary>The column that the chain reads images from; they are handed over encoded, as bytes. Default <c>ImagePath</c>.</summary>
    public string ImageColumnName { get; init; } = "ImagePath";

    /// <summary>The column of the label that the chain was fitted with, which may want it still; it is empty. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The column that the chain gives the label in, as text or a key. Default <c>PredictedLabel</c>.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";
}
