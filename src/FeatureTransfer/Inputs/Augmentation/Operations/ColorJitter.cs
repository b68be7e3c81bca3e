namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Changes brightness, contrast, saturation and hue by random amounts, in random order. A factor is drawn from 1 - amount to 1 + amount,
/// not below 0; the hue is turned by up to its share of the full circle to either side.
/// </summary>
public sealed record ColorJitter : AugmentationOperation
{
    /// <summary>How much the brightness changes, from 0 to 10. Default 0.4.</summary>
    public double Brightness { get; init; } = 0.4;

    /// <summary>How much the contrast changes, from 0 to 10. Default 0.4.</summary>
    public double Contrast { get; init; } = 0.4;

    /// <summary>How much the saturation changes, from 0 to 10. Default 0.4.</summary>
    public double Saturation { get; init; } = 0.4;

    /// <summary>How far the hue is turned, from 0 to 0.5 of a full turn. Default 0: colours keep their names.</summary>
    public double Hue { get; init; }

    /// <summary>How often, from 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    internal override string Kind => "colorJitter";

    internal override FormattableString Settings => $"{Brightness},{Contrast},{Saturation},{Hue},{Probability}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Between(nameof(Brightness), Brightness, 0, 10),
        .. AugmentationRules.Between(nameof(Contrast), Contrast, 0, 10),
        .. AugmentationRules.Between(nameof(Saturation), Saturation, 0, 10),
        .. AugmentationRules.Between(nameof(Hue), Hue, 0, 0.5),
        .. AugmentationRules.Share(nameof(Probability), Probability),
    ];

    internal override void Apply(PixelImage image, AugmentationRandom random)
    {
        if (!random.Chance(Probability))
            return;
        var (brightness, contrast, saturation) = (Factor(Brightness, random), Factor(Contrast, random), Factor(Saturation, random));
        var turn = random.Uniform(-Hue, Hue);
        Action[] changes =
        [
            () => ColourPixels.Brighten(image, brightness), () => ColourPixels.Contrast(image, contrast),
            () => ColourPixels.Saturate(image, saturation), () => HueTurn.Apply(image.Pixels, turn),
        ];
        random.Shuffle(changes.AsSpan());
        foreach (var change in changes)
            change();
    }

    private static double Factor(double amount, AugmentationRandom random) => random.Uniform(Math.Max(0, 1 - amount), 1 + amount);
}
