namespace FeatureTransfer.Inputs.Images;

/// <summary>How an image of one shape becomes a tensor of another.</summary>
public enum ResizeMode
{
    /// <summary>Scale until the target is covered, then cut the middle out. Keeps proportions, loses the edges.</summary>
    Crop,

    /// <summary>Scale until the image fits inside, then fill the rest with the background. Keeps proportions and edges.</summary>
    Pad,

    /// <summary>Scale each axis on its own. Keeps the whole image, not its proportions.</summary>
    Stretch,
}
