using System.Text.Json;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>What a search found before its winner was trained.</summary>
public sealed record SearchResult
{
    /// <summary>How it spent its rows.</summary>
    public required SearchStrategy Strategy { get; init; }

    /// <summary>The candidates as they did in the last round that they were in: those of the last round first, the best first within a round. The first has won.</summary>
    public required IReadOnlyList<SearchTrial> Trials { get; init; }

    /// <summary>The training rows that it had: never those that are held out.</summary>
    public required int Rows { get; init; }

    /// <summary>The seconds of all trials, those of an earlier run among them.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many cross-validations were taken from the trials of an earlier run.</summary>
    public int Resumed { get; init; }

    /// <summary>Whether it ended because its minutes were over.</summary>
    public bool OutOfTime { get; init; }

    /// <summary>Where the winner lies as a plain pipeline; null when it is not wanted.</summary>
    public string? WinnerPath { get; init; }
}

/// <summary>One candidate of a search.</summary>
public sealed record SearchTrial
{
    /// <summary>Its number, from 1, in the order in which candidates were drawn.</summary>
    public required int Number { get; init; }

    /// <summary>What was chosen, by the path of the option. An option that a chosen step does not have is missing.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Options { get; init; }

    /// <summary>The round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The training rows of that round.</summary>
    public required int Rows { get; init; }

    /// <summary>How long that round took for it.</summary>
    public double Seconds { get; init; }

    /// <summary>The cross-validation on these rows; null where it failed.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Candidates from the best to the worst; one that failed, or whose metric is no number, comes last.</summary>
    internal static IOrderedEnumerable<SearchTrial> Best(IEnumerable<SearchTrial> trials) => trials.OrderBy(trial => trial.Loss).ThenBy(trial => trial.Number);

    private double Loss => CrossValidation?.Mean.Headline is { } metric && double.IsFinite(metric.Value) ? metric.HigherIsBetter ? -metric.Value : metric.Value : double.PositiveInfinity;
}
