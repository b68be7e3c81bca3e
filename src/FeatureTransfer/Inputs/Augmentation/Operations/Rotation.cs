namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>Turns the image about its middle by a random angle, bilinearly; its size stays.</summary>
public sealed record Rotation : AugmentationOperation
{
    /// <summary>The largest angle to either side, from 0 to 180 degrees. Default 15.</summary>
    public double Degrees { get; init; } = 15;

    /// <summary>What fills the corners. Default <see cref="BorderFill.Background"/>.</summary>
    public BorderFill Fill { get; init; } = BorderFill.Background;

    /// <summary>How often, from 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    internal override string Kind => "rotation";

    internal override FormattableString Settings => $"{Degrees},{Fill},{Probability}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Between(nameof(Degrees), Degrees, 0, 180),
        .. AugmentationRules.Known(nameof(Fill), Fill),
        .. AugmentationRules.Share(nameof(Probability), Probability),
    ];

    internal override void Apply(PixelImage image, AugmentationRandom random)
    {
        if (random.Chance(Probability))
            AffineMove.Turn(random.Uniform(-Degrees, Degrees)).Apply(image, Fill);
    }
}
