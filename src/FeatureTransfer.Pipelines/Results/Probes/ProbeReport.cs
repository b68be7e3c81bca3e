using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>What features tell of a column, such as the speaker or the camera, and what two ways to mitigate that come to, on the same rows.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">How many values it has.</param>
/// <param name="Rows">The training rows that were probed.</param>
/// <param name="Chance">The share of the most frequent value: what is told without looking at the features.</param>
/// <param name="Candidates">The chain without either, then with each.</param>
public sealed record ProbeReport(string Column, int Values, int Rows, double Chance, IReadOnlyList<ProbedChain> Candidates);

/// <summary>One chain that was probed and judged.</summary>
/// <param name="Name"><c>as they are</c>, or the step that was added to the chain.</param>
/// <param name="Told">The share of rows whose value a linear probe tells from the features, each by one that has not learned from the row.</param>
/// <param name="ToldInterval">Its 95 % interval; above chance where it lies above that.</param>
/// <param name="Accuracy">The share of held-out rows that the chain gets right; null where none are held out.</param>
/// <param name="Slices">How its groups are judged; null where no rows are held out.</param>
public sealed record ProbedChain(string Name, double Told, Interval ToldInterval, double? Accuracy, SliceReport? Slices)
{
    /// <summary>The group with the lowest accuracy of those that are compared; null where none is.</summary>
    [JsonIgnore]
    public SliceGroup? Lowest => Slices?.Groups.FirstOrDefault(group => group.Name == Slices.Worst);
}
