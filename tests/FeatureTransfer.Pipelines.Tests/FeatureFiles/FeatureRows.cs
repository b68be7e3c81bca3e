using FeatureTransfer.Extraction;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

/// <summary>Rows of features whose values tell their place, and a few that formats like to lose.</summary>
internal static class FeatureRows
{
    public static readonly float[] Odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue, 0.1f, 16777217f, -1e-30f];

    public static List<ExtractedFeatures> Make(int rows, int features) =>
        [.. Enumerable.Range(0, rows).Select(row => new ExtractedFeatures($"folder/{row}.png", [.. Enumerable.Range(0, features).Select(feature => (row * 1000) + feature + 0.25f)]))];

    /// <summary>The bits of all values in the order of the rows, so that NaN and -0 count.</summary>
    public static IEnumerable<uint> Bits(IEnumerable<ExtractedFeatures> rows) => Bits(rows.SelectMany(row => row.Features));

    public static IEnumerable<uint> Bits(IEnumerable<float> values) => values.Select(BitConverter.SingleToUInt32Bits);
}
