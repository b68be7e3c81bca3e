using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The table of augmentations in JSON.</summary>
internal static class AugmentationKinds
{
    private static readonly NumberFormat _share = new(0, 1);
    private static readonly NumberFormat _positive = new(0, double.PositiveInfinity);
    private static readonly NumberFormat _amount = new(0, 10);
    private static readonly EnumFormat<BorderFill> _fill = new();

    public static IReadOnlyList<IUnionCase<AugmentationOperation>> All { get; } =
    [
        Kind("A random part of the image at the tensor's size, instead of the preprocessing's resizing; comes first", new OptionSet<RandomResizedCrop>(() => new RandomResizedCrop())
            .Add("minScale", _share, s => s.MinScale, (s, v) => s with { MinScale = v }, "The least share of the image's area, above 0")
            .Add("maxScale", _share, s => s.MaxScale, (s, v) => s with { MaxScale = v }, "The largest share of the image's area")
            .Add("minRatio", _positive, s => s.MinRatio, (s, v) => s with { MinRatio = v }, "The least ratio of width to height, above 0")
            .Add("maxRatio", _positive, s => s.MaxRatio, (s, v) => s with { MaxRatio = v }, "The largest ratio of width to height")),
        Kind("Left and right exchanged", new OptionSet<HorizontalFlip>(() => new HorizontalFlip())
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("Top and bottom exchanged", new OptionSet<VerticalFlip>(() => new VerticalFlip())
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("A random turn about the middle", new OptionSet<Rotation>(() => new Rotation())
            .Add("degrees", new NumberFormat(0, 180), s => s.Degrees, (s, v) => s with { Degrees = v }, "The largest angle to either side")
            .Add("fill", _fill, s => s.Fill, (s, v) => s with { Fill = v }, "What fills the corners: the preprocessing's background or the nearest pixel of the edge")
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("Brightness, contrast, saturation and hue changed, in random order", new OptionSet<ColorJitter>(() => new ColorJitter())
            .Add("brightness", _amount, s => s.Brightness, (s, v) => s with { Brightness = v }, "The factor is from 1 - this to 1 + this")
            .Add("contrast", _amount, s => s.Contrast, (s, v) => s with { Contrast = v }, "The factor is from 1 - this to 1 + this")
            .Add("saturation", _amount, s => s.Saturation, (s, v) => s with { Saturation = v }, "The factor is from 1 - this to 1 + this")
            .Add("hue", new NumberFormat(0, 0.5), s => s.Hue, (s, v) => s with { Hue = v }, "The largest turn of the hue to either side, as a share of the full circle")
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("Colours taken away", new OptionSet<RandomGrayscale>(() => new RandomGrayscale())
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("A Gaussian blur of random width", new OptionSet<GaussianBlur>(() => new GaussianBlur())
            .Add("minSigma", _positive, s => s.MinSigma, (s, v) => s with { MinSigma = v }, "The least standard deviation in pixels, above 0")
            .Add("maxSigma", _positive, s => s.MaxSigma, (s, v) => s with { MaxSigma = v }, "The largest standard deviation in pixels")
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")),
        Kind("Changes chosen at random from a list, all of one strength", new OptionSet<RandAugment>(() => new RandAugment())
            .Add("count", new IntegerFormat(0, 20), s => s.Count, (s, v) => s with { Count = v }, "How many changes an image gets")
            .Add("magnitude", new NumberFormat(0, RandAugment.MaxMagnitude), s => s.Magnitude, (s, v) => s with { Magnitude = v }, "How strong they are")
            .Add("changes", new ListFormat<RandAugmentChange>(new EnumFormat<RandAugmentChange>(), 1), s => s.Changes, (s, v) => s with { Changes = v }, "What is chosen from")
            .Add("fill", _fill, s => s.Fill, (s, v) => s with { Fill = v }, "What fills corners: the preprocessing's background or the nearest pixel of the edge")),
        Kind("A random rectangle of the scaled tensor wiped out; comes last", new OptionSet<RandomErasing>(() => new RandomErasing())
            .Add("probability", _share, s => s.Probability, (s, v) => s with { Probability = v }, "How often")
            .Add("minArea", _share, s => s.MinArea, (s, v) => s with { MinArea = v }, "The least share of the area, above 0")
            .Add("maxArea", _share, s => s.MaxArea, (s, v) => s with { MaxArea = v }, "The largest share of the area")
            .Add("minRatio", _positive, s => s.MinRatio, (s, v) => s with { MinRatio = v }, "The least ratio of width to height, above 0")
            .Add("maxRatio", _positive, s => s.MaxRatio, (s, v) => s with { MaxRatio = v }, "The largest ratio of width to height")
            .Add("fill", new EnumFormat<ErasingFill>(), s => s.Fill, (s, v) => s with { Fill = v }, "What the rectangle holds afterwards")),
    ];

    private static UnionCase<AugmentationOperation, T> Kind<T>(string summary, OptionSet<T> options)
        where T : AugmentationOperation => new(options.Create().Kind, summary, options);
}
