using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.FineTuning;

/// <summary>Changes training images by an <see cref="AugmentationPlan"/>. Equal to another of an equal plan.</summary>
public sealed class PlannedAugmentation : IImageAugmentation, IEquatable<PlannedAugmentation>
{
    // A run has one preprocessing; should two share this object, each only makes an augmenter more often.
    private volatile Augmenter? _augmenter;

    /// <summary>Makes an augmentation.</summary>
    /// <param name="plan">What to change.</param>
    /// <exception cref="ArgumentException">A setting of the plan is out of range.</exception>
    public PlannedAugmentation(AugmentationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Validate();
        Plan = plan;
    }

    /// <summary>What is changed.</summary>
    public AugmentationPlan Plan { get; }

    /// <inheritdoc/>
    public string Fingerprint => Plan.Fingerprint;

    /// <inheritdoc/>
    public void Read(ReadOnlyMemory<byte> encoded, ImagePreprocessing preprocessing, ulong seed, Span<float> destination, string name)
    {
        var augmenter = _augmenter;
        if (!ReferenceEquals(augmenter?.Preprocessing, preprocessing))
            _augmenter = augmenter = new Augmenter(Plan, preprocessing);
        augmenter!.Read(encoded, seed, destination, name);
    }

    /// <inheritdoc/>
    public bool Equals(PlannedAugmentation? other) => other is not null && Plan == other.Plan;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PlannedAugmentation);

    /// <inheritdoc/>
    public override int GetHashCode() => Plan.GetHashCode();
}
