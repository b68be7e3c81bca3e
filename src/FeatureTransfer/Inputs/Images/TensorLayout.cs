namespace FeatureTransfer.Inputs.Images;

/// <summary>The order of the axes of an image tensor.</summary>
public enum TensorLayout
{
    /// <summary>(batch, channels, height, width): one plane a channel.</summary>
    Nchw,

    /// <summary>(batch, height, width, channels): channels interleaved.</summary>
    Nhwc,
}
