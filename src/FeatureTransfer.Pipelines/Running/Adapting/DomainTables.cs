using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The rows of both domains behind the frozen steps.</summary>
/// <param name="Source">Labelled rows of the source.</param>
/// <param name="Target">All rows of the target that can be used.</param>
/// <param name="TargetRows">The rows of the target as they were read.</param>
internal sealed record DomainTables(Table Source, Table Target, SourceRows TargetRows)
{
    /// <summary>Reads them.</summary>
    public static DomainTables Read(PipelineDefinition definition, DataSource target, StepBuild build)
    {
        var source = LabelledRows.Read(definition, TaskRules.Of(definition), Context(definition, build));
        return Beside(Features(definition, source, build), definition, target, build);
    }

    /// <summary>Reads those of the target.</summary>
    public static DomainTables Beside(Table source, PipelineDefinition definition, DataSource target, StepBuild build)
    {
        var rows = target.Read(Context(definition, build) with { LabelFault = _ => null }).Limited(target.Limit);
        return new DomainTables(source, Features(definition, rows, build), rows);
    }

    /// <summary>The rows of a table that some rows of another reading are, by their numbers.</summary>
    /// <exception cref="FeatureTransferException">A step has dropped the numbers, or one of the rows is not there.</exception>
    public static Table Same(PipelineDefinition definition, Table all, Table some)
    {
        if (all.Numbers(SourceRows.Place) is not { } places || some.Numbers(SourceRows.Place) is not { } wanted)
            throw new FeatureTransferException($"{definition.Name}: which rows of the domains are the same cannot be told, for SelectColumns left their numbers out. Use DropColumns.");
        var known = places.Index().ToDictionary(row => row.Item, row => row.Index);
        return all.Select([.. wanted.Select(place => known.TryGetValue(place, out var row) ? row : throw new FeatureTransferException($"{definition.Name}: row {place + 1} of a domain can be read with the backbone and not without. Set evaluation.baseline to none."))]);
    }

    private static SourceContext Context(PipelineDefinition definition, StepBuild build) =>
        new(definition.BaseFolder, Rejected(build), build.Services.Cancellation) { Sql = build.Services.Sql, MissingNumbers = FiniteRows.MissingNumbers(definition) };

    private static IRejectedRowSink Rejected(StepBuild build) => build.Services.Rejected ?? new RejectedRowCollector();

    private static Table Features(PipelineDefinition definition, SourceRows rows, StepBuild build)
    {
        ChainModel.CheckContent(definition, rows);
        if (rows.Content is not null && ChainModel.Trained(definition).Flatten().FirstOrDefault(step => step is IImageTrainerStep) is { } trainer)
            throw new FeatureTransferException($"{definition.Name}: {StepTable.NameOf(trainer)} learns from images of two domains, which have to be files, and those of {rows.Origin} are none. Unpack them.");
        var view = rows.ToView(SourceRows.Numbered(rows.ToTable()), Rejected(build), build.Services.Cancellation);
        var table = FrozenRows.Read(definition, view, build);
        return FiniteRows.Of(definition, UsableImages.Of(definition, table, new TrainingImages(definition, rows, build.Services.Cancellation), build), Rejected(build));
    }

    /// <summary>The labels of target rows, and null where none has one.</summary>
    public IReadOnlyList<string>? TargetLabels(PipelineDefinition definition) =>
        LabelTexts.Of(Target, definition.Evaluation.LabelColumn) is { } labels && labels.Any(label => label.Length > 0) ? labels : null;

    /// <summary>Which target rows judge, and which source rows may be trained on beside them: those that are in no group with these.</summary>
    public DomainSplit Split(PipelineDefinition definition, double fraction)
    {
        var labels = TargetLabels(definition);
        var groups = RowGroups.Of(definition, Target);
        int[] judged = [.. Enumerable.Range(0, Target.Count).Where(row => labels?[row].Length is not 0)];
        var split = Splitter.HoldOut([.. judged.Select(row => labels?[row] ?? "")], groups is null ? null : [.. judged.Select(row => groups[row])], fraction, definition.Seed);
        return Beside(definition, new DomainSplit([.. Enumerable.Range(0, Source.Count)], new SplitRows([.. Enumerable.Range(0, Target.Count)], [])), groups, [.. split.Test.Select(place => judged[place])]);
    }

    /// <summary>Splits the rows that do not judge once more: of those with a label each is held out once. Empty where there are not two that can be told apart by their groups.</summary>
    public IReadOnlyList<DomainSplit> Folds(PipelineDefinition definition, DomainSplit split)
    {
        var labels = TargetLabels(definition);
        var groups = RowGroups.Of(definition, Target);
        int[] rows = [.. split.Target.Train.Where(row => labels?[row].Length > 0)];
        IReadOnlyList<string>? own = groups is null ? null : [.. rows.Select(row => groups[row])];
        var folds = Math.Min(definition.Split.Folds, own?.Distinct(StringComparer.Ordinal).Count() ?? rows.Length);
        return folds < 2 ? [] : [.. Splitter
            .Folds([.. rows.Select(row => labels![row])], own, folds, definition.Seed + 1)
            .Select(fold => Beside(definition, split, groups, [.. fold.Test.Select(place => rows[place])]))];
    }

    private DomainSplit Beside(PipelineDefinition definition, DomainSplit all, IReadOnlyList<string>? groups, IReadOnlyList<int> test)
    {
        var held = groups is null ? [] : test.Select(row => groups[row]).Where(group => group[0] != '\0').ToHashSet(StringComparer.Ordinal);
        var own = RowGroups.Of(definition, Source);
        return new DomainSplit([.. all.Source.Where(row => own is null || !held.Contains(own[row]))], new SplitRows([.. all.Target.Train.Except(test)], test));
    }
}
