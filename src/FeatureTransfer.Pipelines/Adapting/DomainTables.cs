using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Adapting;

/// <summary>The rows of both domains behind the frozen steps.</summary>
/// <param name="Source">Labelled rows of the source.</param>
/// <param name="Target">All rows of the target.</param>
internal sealed record DomainTables(Table Source, Table Target)
{
    /// <summary>Reads them.</summary>
    public static DomainTables Read(PipelineDefinition definition, DataSource target, StepBuild build)
    {
        var rejected = build.Services.Rejected ?? new RejectedRowCollector();
        var context = new SourceContext(definition.BaseFolder, rejected, build.Services.Cancellation) { Sql = build.Services.Sql, MissingNumbers = FiniteRows.MissingNumbers(definition) };
        var source = LabelledRows.Read(definition, TaskRules.Of(definition), context);
        return new DomainTables(Features(source), Features(target.Read(context with { LabelFault = _ => null }).Limited(target.Limit)));

        Table Features(SourceRows rows)
        {
            ChainModel.CheckContent(definition, rows);
            var view = rows.ToView(SourceRows.Numbered(rows.ToTable()), rejected, build.Services.Cancellation);
            return FiniteRows.Of(definition, FrozenRows.Read(definition, view, build), rejected);
        }
    }

    /// <summary>The labels of target rows, and null where none has one.</summary>
    public IReadOnlyList<string>? TargetLabels(PipelineDefinition definition) =>
        LabelTexts.Of(Target, definition.Evaluation.LabelColumn) is { } labels && labels.Any(label => label.Length > 0) ? labels : null;

    /// <summary>Which target rows judge, and which source rows may be trained on beside them: those that are in no group with these.</summary>
    public (IReadOnlyList<int> Source, SplitRows Target) Split(PipelineDefinition definition, double fraction)
    {
        var labels = TargetLabels(definition);
        var groups = RowGroups.Of(definition, Target);
        int[] judged = [.. Enumerable.Range(0, Target.Count).Where(row => labels?[row].Length is not 0)];
        IReadOnlyList<string> strata = [.. judged.Select(row => labels?[row] ?? "")];
        var split = Splitter.HoldOut(strata, groups is null ? null : [.. judged.Select(row => groups[row])], fraction, definition.Seed);
        int[] test = [.. split.Test.Select(place => judged[place])];
        var held = groups is null ? [] : test.Select(row => groups[row]).Where(group => group[0] != '\0').ToHashSet(StringComparer.Ordinal);
        var own = RowGroups.Of(definition, Source);
        int[] train = [.. Enumerable.Range(0, Source.Count).Where(row => own is null || !held.Contains(own[row]))];
        return (train, new SplitRows([.. Enumerable.Range(0, Target.Count).Except(test)], test));
    }
}
