using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The ways to train for a target that are compared, on any split of the rows.</summary>
/// <param name="definition">The pipeline.</param>
/// <param name="tables">The rows of both domains.</param>
/// <param name="options">What is tried.</param>
/// <param name="labelled">Whether the rows that judge have labels.</param>
/// <param name="build">What building steps needs.</param>
internal sealed class DomainTrials(PipelineDefinition definition, DomainTables tables, DomainComparisonOptions options, bool labelled, StepBuild build)
{
    /// <summary>The adaptations, by their names.</summary>
    public IReadOnlyList<(string Name, Func<DomainTrial, DomainSplit, DomainOutcome> Train)> Ways =>
    [
        .. options.Methods.Select(method => (method.ToString(), (Func<DomainTrial, DomainSplit, DomainOutcome>)((trial, _) => trial.Adapted(method)))),
        .. options.Weights.Select(method => (method.ToString(), (Func<DomainTrial, DomainSplit, DomainOutcome>)((trial, _) => trial.Weighted(method)))),
        .. options.Models.Select(model => (model.ToString(), (Func<DomainTrial, DomainSplit, DomainOutcome>)((trial, split) => Trained(model, trial, split)))),
    ];

    /// <summary>A trial on a split.</summary>
    public DomainTrial On(DomainSplit split) =>
        new(definition, TargetFaults.FeatureColumn(definition), tables.Source.Select(split.Source), tables.Target.Select(split.Target.Train), tables.Target.Select(split.Target.Test), labelled, build);

    /// <summary>Trains by one of the ways.</summary>
    public DomainOutcome Train(string name, DomainSplit split) => Ways.Single(way => way.Name == name).Train(On(split), split);

    private DomainOutcome Trained(TargetModel model, DomainTrial trial, DomainSplit split) =>
        model == TargetModel.AdaBN ? Normalized(trial, split) : NetworkAlignment.Is(model) ? trial.Aligned(model) : trial.Labelled(model);

    private DomainOutcome Normalized(DomainTrial trial, DomainSplit split)
    {
        var (frozen, rows) = NormalizedBackbones.Extract(definition, tables, split.Target, build);
        return trial.Normalized(frozen, DomainTables.Same(definition, rows, tables.Target.Select(split.Target.Test)));
    }
}
