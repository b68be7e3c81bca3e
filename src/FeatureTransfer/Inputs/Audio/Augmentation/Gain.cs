using System.Numerics.Tensors;
using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Makes the samples louder or softer by a random factor, with a probability. Nothing is clipped.</summary>
public sealed record Gain : AudioOperation
{
    /// <summary>The largest change to either side, from 0 to 60 dB. Default 6.</summary>
    public double Decibels { get; init; } = 6;

    /// <summary>How often, from 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    internal override string Kind => "gain";

    internal override FormattableString Settings => $"{Decibels},{Probability}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Between(nameof(Decibels), Decibels, 0, 60),
        .. AugmentationRules.Share(nameof(Probability), Probability),
    ];

    internal override void Apply(Span<float> samples, AugmentationRandom random)
    {
        if (random.Chance(Probability))
            TensorPrimitives.Multiply(samples, (float)Math.Pow(10, random.Uniform(-Decibels, Decibels) / 20), samples);
    }
}
