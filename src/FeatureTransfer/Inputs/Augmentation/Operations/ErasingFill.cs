namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>What an erased rectangle holds afterwards, in the scaled tensor.</summary>
public enum ErasingFill
{
    /// <summary>Zeros: the mean pixel, where the preprocessing takes the mean off.</summary>
    Zero,

    /// <summary>A number of the standard normal distribution in each place.</summary>
    Noise,
}
