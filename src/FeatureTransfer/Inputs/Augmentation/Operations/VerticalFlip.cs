namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>Exchanges top and bottom, with a probability.</summary>
public sealed record VerticalFlip : AugmentationOperation
{
    /// <summary>How often, from 0 to 1. Default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    internal override string Kind => "verticalFlip";

    internal override FormattableString Settings => $"{Probability}";

    internal override IEnumerable<string> Faults() => AugmentationRules.Share(nameof(Probability), Probability);

    internal override void Apply(PixelImage image, AugmentationRandom random)
    {
        if (random.Chance(Probability))
            image.Change(pixels => pixels.FlipVer());
    }
}
