using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds the group of each row.</summary>
internal static class RowGroups
{
    /// <summary>By the column or pattern of the split, else by the source's group; null when there is none.</summary>
    /// <exception cref="FeatureTransferException">The column is missing.</exception>
    public static IReadOnlyList<string>? Of(PipelineDefinition definition, Table table)
    {
        if (definition.Split.GroupColumn is { } column)
        {
            return Alone(table.Text(column)) ?? throw new FeatureTransferException(
                $"{definition.Name}: split.groupColumn is '{column}', and the data has no such text column. Its columns are {string.Join(", ", table.Schema.Select(known => known.Name))}.");
        }

        if (definition.Split.GroupPattern is { } pattern && table.Text(DataSource.PathColumn) is { } paths)
        {
            var regex = GroupPatterns.Compile(pattern);
            return [.. paths.Select(path => GroupPatterns.Apply(regex, path))];
        }

        return Alone(table.Text(DataSource.GroupColumn));
    }

    // A row without a group, among others that have one, is a group of its own.
    private static IReadOnlyList<string>? Alone(IReadOnlyList<string>? groups) =>
        groups is null ? null : [.. groups.Select((group, row) => group.Length > 0 ? group : string.Create(CultureInfo.InvariantCulture, $"\0{row}"))];

    /// <summary>
    /// What every part of a split keeps the shares of: the labels, bins of numbers, or the rarest of several labels, by the task; one value for all where the split
    /// is not stratified.
    /// </summary>
    public static IReadOnlyList<string> Strata(PipelineDefinition definition, Table table)
    {
        var labels = LabelTexts.Of(definition, table);
        return definition.Split.Stratified ? TaskRules.Of(definition).Strata(labels) : [.. labels.Select(_ => "")];
    }
}
