namespace Microsoft.ML.Vision;

/// <summary>How an image of another shape is brought to a network's size.</summary>
internal enum ImageFit
{
    Stretch = 0,
    Crop = 1,
    Pad = 2,
}
