namespace FeatureTransfer.Pipelines.Results;

/// <summary>One metric of an evaluation.</summary>
/// <param name="Name">Its name in JSON and on the command line, such as <c>microAccuracy</c> or <c>rootMeanSquaredError</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="HigherIsBetter">Whether more of it is better.</param>
public sealed record MetricValue(string Name, double Value, bool HigherIsBetter)
{
    /// <summary>Whether it is the share of rows that are right, so that there is an interval for it.</summary>
    internal bool IsShareOfRows => Name is "accuracy" or "microAccuracy" or "subsetAccuracy";
}
