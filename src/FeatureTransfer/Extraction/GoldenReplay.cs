using FeatureTransfer.Backbones;

namespace FeatureTransfer.Extraction;

/// <summary>A golden vector beside what the backbone gives now.</summary>
/// <param name="Golden">What the card says.</param>
/// <param name="File">The input's file, or null where none of the files has the hash.</param>
/// <param name="Features">The features that the backbone gives now, as many as were recorded; empty without it.</param>
public sealed record GoldenReplay(GoldenVector Golden, string? File, IReadOnlyList<float> Features)
{
    // Below this, recorded numbers count as zeros: what is left between two machines is rounding.
    private const double LeastScale = 1e-3;

    /// <summary>The largest difference of a feature, as a share of the largest feature that was recorded; infinite where features are missing or no numbers.</summary>
    public double Deviation
    {
        get
        {
            if (Features.Count < Golden.Features.Count)
                return double.PositiveInfinity;
            var largest = Golden.Features.Zip(Features, (golden, now) => Math.Abs((double)golden - now)).Max();
            var deviation = largest / Math.Max(LeastScale, Golden.Features.Max(Math.Abs));
            return double.IsNaN(deviation) ? double.PositiveInfinity : deviation;
        }
    }
}
