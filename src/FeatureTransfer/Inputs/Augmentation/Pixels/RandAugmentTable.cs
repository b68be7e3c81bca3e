namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>How strong each change of <see cref="RandAugment"/> is, as the paper's reference has it.</summary>
internal static class RandAugmentTable
{
    private const double MostDegrees = 30, MostShear = 0.3, MostFactor = 0.9;

    // The reference moves images of 331 pixels by up to 150.
    private const double MostMove = 150 / 331.0;

    private const int MostLostBits = 4;

    /// <summary>Carries a change out.</summary>
    /// <param name="change">The change.</param>
    /// <param name="image">The pixels.</param>
    /// <param name="strength">From 0 to 1.</param>
    /// <param name="sign">1 or -1: the direction, where there is one.</param>
    /// <param name="fill">What fills corners.</param>
    public static void Apply(RandAugmentChange change, PixelImage image, double strength, int sign, BorderFill fill)
    {
        var signed = strength * sign;
        switch (change)
        {
            case RandAugmentChange.AutoContrast: LevelTables.AutoContrast(image.Pixels); break;
            case RandAugmentChange.Equalize: LevelTables.Equalize(image.Pixels); break;
            case RandAugmentChange.Solarize: LevelTables.Solarize(image.Pixels, (int)Math.Round(256 * (1 - strength))); break;
            case RandAugmentChange.Posterize: LevelTables.Posterize(image.Pixels, 8 - (int)Math.Round(MostLostBits * strength)); break;
            case RandAugmentChange.Color: ColourPixels.Saturate(image, 1 + (MostFactor * signed)); break;
            case RandAugmentChange.Contrast: ColourPixels.Contrast(image, 1 + (MostFactor * signed)); break;
            case RandAugmentChange.Brightness: ColourPixels.Brighten(image, 1 + (MostFactor * signed)); break;
            case RandAugmentChange.Sharpness: ColourPixels.Sharpen(image, 1 + (MostFactor * signed)); break;
            case RandAugmentChange.Identity: break;
            default: Move(change, image, signed).Apply(image, fill); break;
        }
    }

    private static AffineMove Move(RandAugmentChange change, PixelImage image, double signed) => change switch
    {
        RandAugmentChange.Rotate => AffineMove.Turn(MostDegrees * signed),
        RandAugmentChange.ShearX => new AffineMove(1, MostShear * signed, 0, 1),
        RandAugmentChange.ShearY => new AffineMove(1, 0, MostShear * signed, 1),
        RandAugmentChange.TranslateX => new AffineMove(1, 0, 0, 1, Math.Round(MostMove * signed * image.Width), 0),
        RandAugmentChange.TranslateY => new AffineMove(1, 0, 0, 1, 0, Math.Round(MostMove * signed * image.Height)),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "expected a change of the table"),
    };
}
