namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Seeds by place and not by order: whichever thread reads an image, and whatever it read before, the image is changed in the same way.
/// </summary>
public static class AugmentationSeed
{
    /// <summary>The seed of one image in one epoch.</summary>
    /// <param name="run">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="row">The row's number, from 0.</param>
    public static ulong Of(int run, int epoch, long row) => Mix(Mix(Mix(0x41756D656E74, (uint)run), (uint)epoch), (ulong)row);

    /// <summary>Another seed for each number, by the finalizer of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    internal static ulong Mix(ulong seed, ulong number)
    {
        var value = (seed ^ number) + 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
