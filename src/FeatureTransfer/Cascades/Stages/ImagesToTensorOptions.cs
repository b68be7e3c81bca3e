namespace FeatureTransfer.Cascades;

/// <summary>How images become a tensor.</summary>
public sealed record ImagesToTensorOptions
{
    /// <summary>The height in pixels. Default null: the image's own.</summary>
    public int? Height { get; init; }

    /// <summary>The width in pixels. Default null: what the height makes of it; narrower images of a batch are padded on the right with zeros.</summary>
    public int? Width { get; init; }

    /// <summary>Whether an image keeps its ratio where <see cref="Width"/> is set: it is then cut off, or padded, on the right. Default false: it is stretched.</summary>
    public bool KeepsRatio { get; init; }

    /// <summary>Sizes that are left open are rounded to a multiple of this. Default 1.</summary>
    public int Multiple { get; init; } = 1;

    /// <summary>What is taken from red, green and blue, which lie between 0 and 1. Default 0.5 each.</summary>
    public ValueList<float> Mean { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>What red, green and blue are then divided by. Default 0.5 each.</summary>
    public ValueList<float> StandardDeviation { get; init; } = [0.5f, 0.5f, 0.5f];
}
