using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Adds white Gaussian noise at a random distance below the samples' own root mean square, with a probability. Silence stays silence.</summary>
public sealed record Noise : AudioOperation
{
    /// <summary>The least ratio of signal to noise, from -20 dB. Default 10.</summary>
    public double MinSignalToNoise { get; init; } = 10;

    /// <summary>The largest ratio of signal to noise, up to 120 dB. Default 30.</summary>
    public double MaxSignalToNoise { get; init; } = 30;

    /// <summary>How often, from 0 to 1. Default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    internal override string Kind => "noise";

    internal override FormattableString Settings => $"{MinSignalToNoise},{MaxSignalToNoise},{Probability}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Between(nameof(MinSignalToNoise), MinSignalToNoise, -20, 120),
        .. AugmentationRules.Between(nameof(MaxSignalToNoise), MaxSignalToNoise, Math.Max(MinSignalToNoise, -20), 120),
        .. AugmentationRules.Share(nameof(Probability), Probability),
    ];

    internal override void Apply(Span<float> samples, AugmentationRandom random)
    {
        if (samples.IsEmpty || !random.Chance(Probability))
            return;
        var deviation = AudioLevel.RootMeanSquare(samples) * Math.Pow(10, -random.Uniform(MinSignalToNoise, MaxSignalToNoise) / 20);
        foreach (ref var sample in samples)
            sample += (float)(deviation * random.Normal());
    }
}
