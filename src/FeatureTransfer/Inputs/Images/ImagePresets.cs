namespace FeatureTransfer.Inputs.Images;

/// <summary>Sets what an <see cref="ImagePreset"/> stands for.</summary>
public static class ImagePresets
{
    /// <summary>The preprocessing with the preset's channel order, scale, mean and standard deviation; size, resizing and layout stay.</summary>
    /// <param name="preprocessing">The preprocessing; it is left as it is.</param>
    /// <param name="preset">The preset.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
    public static ImagePreprocessing WithPreset(this ImagePreprocessing preprocessing, ImagePreset preset)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        return preset switch
        {
            ImagePreset.ImageNet => Values(preprocessing, 1 / 255f, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]),
            ImagePreset.ZeroOne => Values(preprocessing, 1 / 255f, [0f, 0f, 0f]),
            ImagePreset.MinusOneOne => Values(preprocessing, 1 / 127.5f, [1f, 1f, 1f]),
            ImagePreset.Clip => Values(preprocessing, 1 / 255f, [0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]),
            ImagePreset.Caffe => Values(preprocessing, 1f, [103.939f, 116.779f, 123.68f]) with { Channels = ChannelOrder.Bgr },
            ImagePreset.Zero255 => Values(preprocessing, 1f, [0f, 0f, 0f]),
            _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, $"Expected {string.Join(", ", Enum.GetNames<ImagePreset>())}."),
        };
    }

    private static ImagePreprocessing Values(ImagePreprocessing preprocessing, float scale, float[] mean, float[]? std = null) =>
        preprocessing with { Channels = ChannelOrder.Rgb, Scale = scale, Mean = mean, Std = std ?? [1f, 1f, 1f] };
}
