using System.Globalization;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>What one training step takes, in milliseconds.</summary>
/// <param name="Name">Whose step.</param>
/// <param name="Frozen">The forward pass of the part that does not learn.</param>
/// <param name="Learning">The rest: forward, back and update.</param>
/// <param name="Whole">Both, one after the other.</param>
/// <param name="First">From nothing to the end of the first step, in milliseconds: reading or making the network, its gradients, the sessions.</param>
/// <param name="Megabytes">The peak of the process's memory so far.</param>
internal sealed record StepTimes(string Name, double Frozen, double Learning, double Whole, double First = 0, double Megabytes = 0)
{
    /// <summary>The medians of several rounds.</summary>
    public static StepTimes Median(IReadOnlyList<StepTimes> rounds) =>
        new(rounds[0].Name, Middle(rounds, round => round.Frozen), Middle(rounds, round => round.Learning), Middle(rounds, round => round.Whole), rounds[0].First, rounds[^1].Megabytes);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"  {Name,-22} frozen {Frozen,7:0.00} ms   learning {Learning,7:0.00} ms   whole {Whole,7:0.00} ms   first step {First,6:0} ms   peak {Megabytes,5:0} MB");

    private static double Middle(IReadOnlyList<StepTimes> rounds, Func<StepTimes, double> part) => rounds.Select(part).Order().ElementAt(rounds.Count / 2);
}
