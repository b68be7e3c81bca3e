using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds the group of each row.</summary>
internal static class RowGroups
{
    /// <summary>
    /// By the column or pattern of the split, else by the source's group, copies of an image always together; null when there is none of these.
    /// </summary>
    /// <exception cref="FeatureTransferException">The column is missing.</exception>
    public static IReadOnlyList<string>? Of(PipelineDefinition definition, Table table)
    {
        var (groups, copies) = (Named(definition, table), Alone(table.Text(RowCopies.Column)));
        return groups is null || copies is null ? groups ?? copies : Joined(groups, copies);
    }

    private static IReadOnlyList<string>? Named(PipelineDefinition definition, Table table)
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

    // Groups that share a copy are one: each name points to another of its group, and one to itself.
    private static IReadOnlyList<string> Joined(IReadOnlyList<string> groups, IReadOnlyList<string> copies)
    {
        var next = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (group, copy) in groups.Zip(copies))
            next[Root("copy " + copy)] = Root("group " + group);
        return [.. groups.Select(group => Root("group " + group))];

        string Root(string name)
        {
            while (next.TryGetValue(name, out var other) && other != name)
                name = other;
            return next[name] = name;
        }
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
