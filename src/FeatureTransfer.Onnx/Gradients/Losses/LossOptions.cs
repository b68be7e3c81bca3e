namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Which loss, and how.</summary>
public sealed record LossOptions
{
    /// <summary>The loss. Default <see cref="LossKind.SoftmaxCrossEntropy"/>.</summary>
    public LossKind Kind { get; init; } = LossKind.SoftmaxCrossEntropy;

    /// <summary>
    /// The share of each label that is spread over all classes, from 0 to below 1 (Szegedy et al. 2016, "Rethinking the Inception
    /// Architecture"). Not for <see cref="LossKind.MeanSquaredError"/>. Default 0.
    /// </summary>
    public float LabelSmoothing { get; init; }

    /// <summary>
    /// How much each class counts, (classes). With a softmax a row counts as its label's class does, and the loss is the mean over rows
    /// weighed so; otherwise each score's loss is multiplied. Not for <see cref="LossKind.MeanSquaredError"/>. Default null: all alike.
    /// </summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>How fast rows that are right lose weight in <see cref="LossKind.Focal"/>; at 0 it is the cross-entropy. Default 2.</summary>
    public float FocalGamma { get; init; } = 2;

    /// <summary>Throws when a setting makes no sense.</summary>
    /// <exception cref="FeatureTransferException">The message names every fault.</exception>
    public void Validate()
    {
        var faults = Faults().ToList();
        if (faults.Count > 0)
            throw new FeatureTransferException($"{nameof(LossOptions)}: {string.Join(" ", faults)}");
    }

    private IEnumerable<string> Faults()
    {
        if (LabelSmoothing is not (>= 0 and < 1))
            yield return FormattableString.Invariant($"{nameof(LabelSmoothing)} is {LabelSmoothing}; expected 0 or more and less than 1.");
        if (ClassWeights is { } weights && (weights.Any(weight => !(weight >= 0) || !float.IsFinite(weight)) || weights.All(weight => weight == 0)))
            yield return $"{nameof(ClassWeights)} must hold one finite number of 0 or more per class, not all of them 0.";
        if (FocalGamma is not (>= 0 and < float.PositiveInfinity))
            yield return FormattableString.Invariant($"{nameof(FocalGamma)} is {FocalGamma}; expected 0 or more.");
        if (Kind == LossKind.MeanSquaredError && (LabelSmoothing != 0 || ClassWeights is not null))
            yield return $"{nameof(LossKind.MeanSquaredError)} has neither {nameof(LabelSmoothing)} nor {nameof(ClassWeights)}: its labels are numbers.";
    }
}
