using NetVips;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>Blurs the image, at the tensor's size, by a Gaussian of random width; below a sigma of 0.2 nothing happens.</summary>
public sealed record GaussianBlur : AugmentationOperation
{
    // Where the Gaussian is cut off, as a share of its middle.
    private const double LeastAmplitude = 0.01;

    /// <summary>The least standard deviation in pixels. Above 0. Default 0.1.</summary>
    public double MinSigma { get; init; } = 0.1;

    /// <summary>The largest standard deviation in pixels. At most 50. Default 2.</summary>
    public double MaxSigma { get; init; } = 2;

    /// <summary>How often, from 0 to 1. Default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    internal override string Kind => "gaussianBlur";

    internal override FormattableString Settings => $"{MinSigma},{MaxSigma},{Probability}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Range(nameof(MinSigma), MinSigma, nameof(MaxSigma), MaxSigma, 50),
        .. AugmentationRules.Share(nameof(Probability), Probability),
    ];

    internal override void Apply(PixelImage image, AugmentationRandom random)
    {
        if (!random.Chance(Probability))
            return;
        var sigma = random.Uniform(MinSigma, MaxSigma);
        image.Change(pixels => pixels.Gaussblur(sigma, LeastAmplitude, Enums.Precision.Float));
    }
}
