using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The form of a <see cref="PreprocessingOverride" /> in JSON.</summary>
internal static class PreprocessingFormat
{
    private static readonly OptionalValueFormat<int> _pixels = new(new IntegerFormat(1, 16384));
    private static readonly ListFormat<float> _channels = new(new SingleFormat());

    public static NestedFormat<PreprocessingOverride> Instance { get; } = new(new OptionSet<PreprocessingOverride>(() => new PreprocessingOverride())
        .Add("height", _pixels, r => r.Height, (r, v) => r with { Height = v }, "Height of the tensor in pixels")
        .Add("width", _pixels, r => r.Width, (r, v) => r with { Width = v }, "Width of the tensor in pixels")
        .Add("resize", new OptionalValueFormat<ResizeMode>(new EnumFormat<ResizeMode>()), r => r.Resize, (r, v) => r with { Resize = v }, "How the image is fitted to the tensor")
        .Add("cropFraction", new OptionalValueFormat<double>(new NumberFormat(0, 1)), r => r.CropFraction, (r, v) => r with { CropFraction = v }, "Share of the resized image that the centre crop keeps")
        .Add("interpolation", new OptionalValueFormat<Interpolation>(new EnumFormat<Interpolation>()), r => r.Interpolation, (r, v) => r with { Interpolation = v }, "The resize kernel")
        .Add("channels", new OptionalValueFormat<ChannelOrder>(new EnumFormat<ChannelOrder>()), r => r.Channels, (r, v) => r with { Channels = v }, "Order of the channels")
        .Add("scale", new OptionalValueFormat<float>(new SingleFormat()), r => r.Scale, (r, v) => r with { Scale = v }, "Factor on the pixel, before the mean is taken off")
        .Add("mean", _channels, r => r.Mean, (r, v) => r with { Mean = v }, "Three values, one a channel, taken off after scaling")
        .Add("std", _channels, r => r.Std, (r, v) => r with { Std = v }, "Three values, one a channel, that divide last"));
}
