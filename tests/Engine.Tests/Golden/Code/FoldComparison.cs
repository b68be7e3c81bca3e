using System.Text.Json;

namespace Engine.Tests.Golden.Code;

/// <summary>Compares the folds of a cross-validation, whose rows chance has dealt out, by the means of their metrics.</summary>
internal static class FoldComparison
{
    /// <summary>The differences of means that are larger than this.</summary>
    public static IEnumerable<string> Compare(JsonElement expected, IEnumerable<object> metrics, double tolerance)
    {
        var wanted = expected.EnumerateArray().Select(f => f.TryGetProperty("metrics", out var inner) ? inner : f).ToArray();
        var actual = metrics.Select(Dump.Members).ToArray();
        if (actual.Length != wanted.Length)
            yield return $"{actual.Length} folds, expected {wanted.Length}";
        foreach (var metric in wanted[0].EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number))
        {
            double mean = actual.Average(f => Convert.ToDouble(f[metric.Name], null));
            double wantedMean = wanted.Average(f => f.GetProperty(metric.Name).GetDouble());
            if (!(Math.Abs(mean - wantedMean) <= tolerance))
                yield return $"{metric.Name}: {mean} on average, expected {wantedMean}";
        }
    }
}
