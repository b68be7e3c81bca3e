using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>One random change to samples, as declared: immutable, and equal to another of the same settings.</summary>
public abstract record AudioOperation
{
    // Only the kinds of this library, whose fingerprints cannot clash.
    private protected AudioOperation()
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

    /// <summary>Changes the samples in place.</summary>
    internal abstract void Apply(Span<float> samples, AugmentationRandom random);
}
