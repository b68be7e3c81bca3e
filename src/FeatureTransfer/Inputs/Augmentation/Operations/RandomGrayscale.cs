namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>Takes the colours away, with a probability; the three channels stay, all alike.</summary>
public sealed record RandomGrayscale : AugmentationOperation
{
    /// <summary>How often, from 0 to 1. Default 0.1.</summary>
    public double Probability { get; init; } = 0.1;

    internal override string Kind => "grayscale";

    internal override FormattableString Settings => $"{Probability}";

    internal override IEnumerable<string> Faults() => AugmentationRules.Share(nameof(Probability), Probability);

    internal override void Apply(PixelImage image, AugmentationRandom random)
    {
        if (random.Chance(Probability))
            ColourPixels.Saturate(image, 0);
    }
}
