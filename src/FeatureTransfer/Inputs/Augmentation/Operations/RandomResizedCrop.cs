using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Cuts a random part out of the image and resizes it to the tensor's size, with the preprocessing's kernel (Szegedy and others 2015, "Going
/// deeper with convolutions"). It takes the place of the preprocessing's resizing and comes first.
/// </summary>
public sealed record RandomResizedCrop : AugmentationOperation
{
    private const int Attempts = 10;

    /// <summary>The least share of the image's area. Above 0. Default 0.08.</summary>
    public double MinScale { get; init; } = 0.08;

    /// <summary>The largest share of the image's area. At most 1. Default 1.</summary>
    public double MaxScale { get; init; } = 1;

    /// <summary>The least ratio of width to height. Above 0. Default 0.75.</summary>
    public double MinRatio { get; init; } = 0.75;

    /// <summary>The largest ratio of width to height. Default 1.3333333333333333.</summary>
    public double MaxRatio { get; init; } = 4 / 3.0;

    internal override string Kind => "randomResizedCrop";

    internal override FormattableString Settings => $"{MinScale},{MaxScale},{MinRatio},{MaxRatio}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Range(nameof(MinScale), MinScale, nameof(MaxScale), MaxScale, 1),
        .. AugmentationRules.Range(nameof(MinRatio), MinRatio, nameof(MaxRatio), MaxRatio, 100),
    ];

    /// <summary>The window of an upright image of this size: the image scaled so that the window has the tensor's size.</summary>
    internal ImagePlan Choose(ImagePreprocessing preprocessing, int width, int height, AugmentationRandom random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = random.Uniform(MinScale, MaxScale) * width * height;
            var ratio = random.LogUniform(MinRatio, MaxRatio);
            var (cutWidth, cutHeight) = (Math.Sqrt(area * ratio), Math.Sqrt(area / ratio));
            if (cutWidth <= width && cutHeight <= height)
                return Window(preprocessing, (width, cutWidth), (height, cutHeight), random.Next(), random.Next());
        }

        // The image is too long for these ratios: the largest window in its middle that is not.
        var nearest = Math.Clamp((double)width / height, MinRatio, MaxRatio);
        return Window(preprocessing, (width, Math.Min(width, height * nearest)), (height, Math.Min(height, width / nearest)), 0.5, 0.5);
    }

    // Places are whole pixels of the result, so the window begins anywhere between the image's own pixels.
    private static ImagePlan Window(ImagePreprocessing preprocessing, (int All, double Cut) across, (int All, double Cut) down, double x, double y)
    {
        var (width, height) = (Scaled(preprocessing.Width, across), Scaled(preprocessing.Height, down));
        return new ImagePlan(width, height, Place(width - preprocessing.Width, x), Place(height - preprocessing.Height, y), preprocessing.Width, preprocessing.Height);
    }

    private static int Scaled(int edge, (int All, double Cut) axis) => (int)Math.Min(int.MaxValue, Math.Max(edge, Math.Round(edge * axis.All / axis.Cut)));

    private static int Place(int room, double share) => Math.Min(room, (int)(share * (room + 1L)));
}
