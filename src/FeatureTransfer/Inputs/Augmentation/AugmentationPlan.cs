namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// What is done to training images at random, in order. Immutable; two plans of equal operations are equal. A
/// <see cref="RandomResizedCrop"/> comes first, for it takes the place of the preprocessing's resizing; a <see cref="RandomErasing"/> comes last,
/// for it works on the tensor.
/// </summary>
public sealed record AugmentationPlan
{
    /// <summary>The plan that changes nothing.</summary>
    public static AugmentationPlan None { get; } = new();

    /// <summary>The operations, in order. Default: none.</summary>
    public ValueList<AugmentationOperation> Operations { get; init; } = [];

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => Operations.Count == 0;

    /// <summary>A stable text of every setting, for the keys of caches and for checkpoints.</summary>
    public string Fingerprint => $"augment1|{string.Join("|", Operations.Select(operation => operation.Fingerprint))}";

    /// <summary>Makes a plan.</summary>
    /// <param name="operations">The operations, in order.</param>
    public static AugmentationPlan Of(params ReadOnlySpan<AugmentationOperation> operations) => new() { Operations = ValueList.Create(operations) };

    /// <summary>Checks every setting, and the order.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range, or operations at the wrong place; the message names all of them.</exception>
    public void Validate()
    {
        var faults = Operations.SelectMany((operation, index) => Faults(index).Select(fault => $"operation {index + 1} ({operation.Kind}): {fault}")).ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"AugmentationPlan: {string.Join("; ", faults)}.");
    }

    /// <summary>What is wrong with one operation, its place included.</summary>
    internal IEnumerable<string> Faults(int index) => Operations[index].Faults().Concat(PlaceFaults(index));

    private IEnumerable<string> PlaceFaults(int index)
    {
        if (Operations[index] is RandomResizedCrop && index > 0)
            yield return "it has to come first, and once, because it decides what is read of the image";
        if (Operations[index] is RandomErasing && index < Operations.Count - 1)
            yield return "it has to come last, and once, because it works on the scaled tensor";
    }
}
