using System.Collections.Concurrent;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>The preparations that custom mappings of this process follow. They are safe for many threads, and a process sees few.</summary>
internal static class KnownPreparations
{
    private static readonly ConcurrentDictionary<string, Preparation> _known = new(StringComparer.Ordinal);

    /// <summary>The preparation of a text.</summary>
    public static Preparation Of(string text) => _known.GetOrAdd(text, Preparations.Parse);
}
