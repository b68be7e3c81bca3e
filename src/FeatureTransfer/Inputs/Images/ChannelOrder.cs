namespace FeatureTransfer.Inputs.Images;

/// <summary>The order of the three colour channels in a tensor.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red, as models that came from Caffe or OpenCV expect.</summary>
    Bgr,
}
