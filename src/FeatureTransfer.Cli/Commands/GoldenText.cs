using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Golden vectors in words.</summary>
internal static class GoldenText
{
    /// <summary>Features as a row of numbers.</summary>
    public static string Numbers(IEnumerable<float> features) => string.Join(", ", features.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));

    /// <summary>How much features deviate, in percent.</summary>
    public static string Percent(double deviation) => double.IsFinite(deviation) ? string.Create(CultureInfo.InvariantCulture, $"{100 * deviation:0.##} %") : "more than any number";

    /// <summary>The input of a golden vector, by its name.</summary>
    public static string Name(GoldenReplay replay) => replay.Golden.Name ?? Path.GetFileName(replay.File) ?? $"the input with SHA-256 {replay.Golden.Sha256}";
}
