using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Splits rows some of which may have no label: those with one are split, and the others teach, unless they are in a group with a row that judges.</summary>
internal static class LabelledSplit
{
    /// <summary>Whether a chain learns from rows with an empty label.</summary>
    public static bool ReadsUnlabelled(PipelineDefinition definition) => definition.Estimators.Any(step => step is IUnlabelledStep);

    /// <summary>The rows with a label; all where the chain does not learn from others.</summary>
    public static IReadOnlyList<int> Labelled(PipelineDefinition definition, Table table)
    {
        var labels = ReadsUnlabelled(definition) ? LabelTexts.Of(definition, table) : null;
        return [.. Enumerable.Range(0, table.Count).Where(row => labels?[row].Length is not 0)];
    }

    /// <summary>The labels of the rows that have one.</summary>
    public static IReadOnlyList<string> Labels(PipelineDefinition definition, Table table) => LabelTexts.Of(definition, table.Select(Labelled(definition, table)));

    /// <summary>Holds rows out, as the pipeline's split says.</summary>
    public static SplitRows HoldOut(PipelineDefinition definition, Table table)
    {
        var (labelled, strata, groups) = Parts(definition, table);
        return Beside(definition, table, [.. Splitter.HoldOut(strata, groups, definition.Split.TestFraction, definition.Seed).Test.Select(place => labelled[place])]);
    }

    /// <summary>The folds of a cross-validation.</summary>
    public static IEnumerable<SplitRows> Folds(PipelineDefinition definition, Table table, int seed)
    {
        var (labelled, strata, groups) = Parts(definition, table);
        return Splitter.Folds(strata, groups, definition.Split.Folds, seed).Select(split => Beside(definition, table, [.. split.Test.Select(place => labelled[place])]));
    }

    /// <summary>The split whose test rows are given.</summary>
    public static SplitRows Beside(PipelineDefinition definition, Table table, IReadOnlyList<int> test)
    {
        var labelled = Labelled(definition, table);
        var groups = labelled.Count == table.Count ? null : RowGroups.Of(definition, table);
        var held = groups is null ? [] : test.Select(row => groups[row]).ToHashSet(StringComparer.Ordinal);
        var known = labelled.ToHashSet();
        return new SplitRows([.. Enumerable.Range(0, table.Count).Except(test).Where(row => known.Contains(row) || groups is null || !held.Contains(groups[row]))], test);
    }

    private static (IReadOnlyList<int> Labelled, IReadOnlyList<string> Strata, IReadOnlyList<string>? Groups) Parts(PipelineDefinition definition, Table table)
    {
        var (labelled, groups) = (Labelled(definition, table), RowGroups.Of(definition, table));
        return (labelled, RowGroups.Strata(definition, table.Select(labelled)), groups is null ? null : [.. labelled.Select(row => groups[row])]);
    }
}
