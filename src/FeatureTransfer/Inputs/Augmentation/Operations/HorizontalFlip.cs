namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>Exchanges left and right, with a probability.</summary>
public sealed record HorizontalFlip : AugmentationOperation
{
    /// <summary>How often, from 0 to 1. Default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    internal override string Kind => "horizontalFlip";

    internal override FormattableString Settings => $"{Probability}";

    internal override IEnumerable<string> Faults() => AugmentationRules.Share(nameof(Probability), Probability);

    internal override void Apply(PixelImage image, AugmentationRandom random)
    {
        if (random.Chance(Probability))
            image.Change(pixels => pixels.FlipHor());
    }
}
