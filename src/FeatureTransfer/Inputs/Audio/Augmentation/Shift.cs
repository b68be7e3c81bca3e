using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Moves the samples earlier or later by a random time, with a probability. What leaves at one end is lost, what is free at the other is silence.</summary>
public sealed record Shift : AudioOperation
{
    /// <summary>The largest move to either side, as a share of all samples, from 0 to 1. Default 0.1.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>How often, from 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    internal override string Kind => "shift";

    internal override FormattableString Settings => $"{Share},{Probability}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Share(nameof(Share), Share),
        .. AugmentationRules.Share(nameof(Probability), Probability),
    ];

    internal override void Apply(Span<float> samples, AugmentationRandom random)
    {
        if (!random.Chance(Probability))
            return;
        var move = (int)Math.Round(random.Uniform(-Share, Share) * samples.Length);
        var kept = samples.Length - Math.Abs(move);
        samples.Slice(Math.Max(0, -move), kept).CopyTo(samples[Math.Max(0, move)..]);
        (move > 0 ? samples[..move] : samples[kept..]).Clear();
    }
}
