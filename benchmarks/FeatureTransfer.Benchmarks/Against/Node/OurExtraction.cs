using System.Diagnostics;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>Our extraction, end to end, at the settings that it chooses itself.</summary>
internal static class OurExtraction
{
    public static Contender Of(FeatureExtractor extractor) => new("FeatureTransfer, end to end", [new("as it chooses", images => Run(extractor, images))]);

    private static double Run(FeatureExtractor extractor, IReadOnlyList<string> images)
    {
        var watch = Stopwatch.StartNew();
        var count = extractor.Extract(images).Count();
        if (count != images.Count)
            throw new InvalidOperationException($"{images.Count - count} of {images.Count} images gave no features.");
        return count / watch.Elapsed.TotalSeconds;
    }
}
