namespace FeatureTransfer.Pipelines;

/// <summary>Which backbone and layers a pipeline should take, and why.</summary>
public sealed record Advice
{
    /// <summary>What was compared: those of the last round first, the best first within a round.</summary>
    public required IReadOnlyList<AdvisedLayers> Candidates { get; init; }

    /// <summary>The one to take.</summary>
    public required AdvisedLayers Pick { get; init; }

    /// <summary>Why, in one sentence or more.</summary>
    public required string Why { get; init; }

    /// <summary>The same chain without a backbone, on the rows of the last round; null where the data have nothing to learn from instead.</summary>
    public BaselineResult? Baseline { get; init; }

    /// <summary>
    /// The 95 % interval of how much more the pick scores than the baseline, over the same folds, see <see cref="Interval.OfFolds" />; null without a baseline.
    /// </summary>
    public Interval? Gain { get; init; }

    /// <summary>The pipeline with the pick in it.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>The rows that were compared on: never those that the pipeline holds out for its test.</summary>
    public required int Rows { get; init; }

    /// <summary>The time that it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
