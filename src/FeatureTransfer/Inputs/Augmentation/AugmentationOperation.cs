namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// One random change to an image, as declared: immutable, and equal to another of the same settings. <see cref="Augmenter"/> carries it out.
/// </summary>
public abstract record AugmentationOperation
{
    // Only the kinds of this library: an Augmenter has to know where each belongs.
    private protected AugmentationOperation()
    {
    }

    /// <summary>Its name, which is that in JSON.</summary>
    internal abstract string Kind { get; }

    /// <summary>Every setting, for fingerprints.</summary>
    internal abstract FormattableString Settings { get; }

    /// <summary>A stable text of the operation.</summary>
    internal string Fingerprint => $"{Kind}({FormattableString.Invariant(Settings)})";

    /// <summary>One sentence for each setting that is out of range.</summary>
    internal abstract IEnumerable<string> Faults();

    /// <summary>Changes the pixels; operations before or after them do nothing here.</summary>
    internal virtual void Apply(PixelImage image, AugmentationRandom random)
    {
    }
}
