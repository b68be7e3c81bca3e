using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>Makes pixels of a tensor again, to see what a network sees.</summary>
internal static class TensorPicture
{
    /// <summary>Writes (height, width, 3) bytes of RGB; what is out of range is clipped.</summary>
    public static void ToRgb(ReadOnlySpan<float> tensor, ImagePreprocessing preprocessing, Span<byte> rgb)
    {
        var area = preprocessing.Width * preprocessing.Height;
        for (var channel = 0; channel < 3; channel++)
        {
            var band = preprocessing.Channels == ChannelOrder.Rgb ? channel : 2 - channel;
            var (step, start) = preprocessing.Layout == TensorLayout.Nchw ? (1, channel * area) : (3, channel);
            for (var i = 0; i < area; i++)
            {
                var pixel = ((tensor[start + (i * step)] * preprocessing.Std[channel]) + preprocessing.Mean[channel]) / preprocessing.Scale;
                rgb[(i * 3) + band] = (byte)Math.Clamp(MathF.Round(pixel), 0, 255);
            }
        }
    }
}
