namespace FeatureTransfer.Inputs.Images;

/// <summary>Sets what an <see cref="ImagePreset"/> stands for.</summary>
public static class ImagePresets
{
    /// <summary>The recipe with the preset's channel order, scale, mean and standard deviation; size, resizing and layout stay.</summary>
    /// <param name="recipe">The recipe; it is left as it is.</param>
    /// <param name="preset">The preset.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
    public static ImageRecipe WithPreset(this ImageRecipe recipe, ImagePreset preset)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return preset switch
        {
            ImagePreset.ImageNet => Values(recipe, 1 / 255f, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]),
            ImagePreset.ZeroOne => Values(recipe, 1 / 255f, [0f, 0f, 0f]),
            ImagePreset.MinusOneOne => Values(recipe, 1 / 127.5f, [1f, 1f, 1f]),
            ImagePreset.Clip => Values(recipe, 1 / 255f, [0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]),
            ImagePreset.Caffe => Values(recipe, 1f, [103.939f, 116.779f, 123.68f]) with { Channels = ChannelOrder.Bgr },
            ImagePreset.Zero255 => Values(recipe, 1f, [0f, 0f, 0f]),
            _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, $"Expected {string.Join(", ", Enum.GetNames<ImagePreset>())}."),
        };
    }

    private static ImageRecipe Values(ImageRecipe recipe, float scale, float[] mean, float[]? std = null) =>
        recipe with { Channels = ChannelOrder.Rgb, Scale = scale, Mean = mean, Std = std ?? [1f, 1f, 1f] };
}
