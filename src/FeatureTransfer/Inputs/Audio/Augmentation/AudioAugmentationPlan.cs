using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>What is done to the samples of training recordings at random, in order. Immutable; two plans of equal operations are equal.</summary>
public sealed record AudioAugmentationPlan
{
    /// <summary>The plan that changes nothing.</summary>
    public static AudioAugmentationPlan None { get; } = new();

    /// <summary>The operations, in order. Default: none.</summary>
    public ValueList<AudioOperation> Operations { get; init; } = [];

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => Operations.Count == 0;

    /// <summary>A stable text of every setting, for the keys of caches and for checkpoints.</summary>
    public string Fingerprint => $"audioaugment1|{string.Join("|", Operations.Select(operation => operation.Fingerprint))}";

    /// <summary>Makes a plan.</summary>
    /// <param name="operations">The operations, in order.</param>
    public static AudioAugmentationPlan Of(params ReadOnlySpan<AudioOperation> operations) => new() { Operations = ValueList.Create(operations) };

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message names all of them.</exception>
    public void Validate()
    {
        var faults = Operations.SelectMany((operation, index) => operation.Faults().Select(fault => $"operation {index + 1} ({operation.Kind}): {fault}")).ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"AudioAugmentationPlan: {string.Join("; ", faults)}.");
    }

    /// <summary>Changes the samples of a window in place. The seed alone decides how, so the same call gives the same samples on any thread.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="seed">What decides the changes, see <see cref="AugmentationSeed.Of"/>.</param>
    public void Apply(Span<float> samples, ulong seed)
    {
        // Each operation has numbers of its own, so that one more of them leaves those before it as they were.
        for (var i = 0; i < Operations.Count; i++)
            Operations[i].Apply(samples, new AugmentationRandom(AugmentationSeed.Mix(seed, (ulong)i + 1)));
    }
}
