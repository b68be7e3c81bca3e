using System.Globalization;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>What one contender reached.</summary>
/// <param name="Name">Who.</param>
/// <param name="Setting">Its best setting.</param>
/// <param name="Rates">Images a second, one a round.</param>
internal sealed record RaceLine(string Name, string Setting, double[] Rates)
{
    /// <summary>The median over the rounds.</summary>
    public double Median => MedianOf(Rates);

    /// <summary>The median of some values.</summary>
    public static double MedianOf(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"  {Name,-36} {Median,7:0.0}   {string.Join(" ", Rates.Select(rate => rate.ToString("0", CultureInfo.InvariantCulture)))}   ({Setting})");
}
