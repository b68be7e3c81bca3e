namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Applies some changes of a list, chosen at random with equal chances, all of one strength (Cubuk and others 2020, "RandAugment").
/// </summary>
public sealed record RandAugment : AugmentationOperation
{
    /// <summary>The largest magnitude.</summary>
    public const double MaxMagnitude = 30;

    /// <summary>How many changes an image gets, one after the other; the same may come again. From 0 to 20. Default 2.</summary>
    public int Count { get; init; } = 2;

    /// <summary>How strong they are, from 0 to 30. Default 9.</summary>
    public double Magnitude { get; init; } = 9;

    /// <summary>What is chosen from. Default: the fourteen changes of the paper.</summary>
    public ValueList<RandAugmentChange> Changes { get; init; } = [.. Enum.GetValues<RandAugmentChange>()];

    /// <summary>What fills the corners of turned, sheared and moved images. Default <see cref="BorderFill.Background"/>.</summary>
    public BorderFill Fill { get; init; } = BorderFill.Background;

    internal override string Kind => "randAugment";

    internal override FormattableString Settings => $"{Count},{Magnitude},{string.Join("+", Changes)},{Fill}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Between(nameof(Count), Count, 0, 20),
        .. AugmentationRules.Between(nameof(Magnitude), Magnitude, 0, MaxMagnitude),
        .. Changes.Count == 0 ? ["Changes is empty, expected one or more"] : Changes.SelectMany(change => AugmentationRules.Known(nameof(Changes), change)),
        .. AugmentationRules.Known(nameof(Fill), Fill),
    ];

    internal override void Apply(PixelImage image, AugmentationRandom random)
    {
        for (var i = 0; i < Count; i++)
        {
            var change = Changes[random.Below(Changes.Count)];
            RandAugmentTable.Apply(change, image, Magnitude / MaxMagnitude, random.Sign(), Fill);
        }
    }
}
