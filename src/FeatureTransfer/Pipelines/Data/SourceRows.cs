namespace FeatureTransfer.Pipelines.Data;

/// <summary>One row of a source.</summary>
internal sealed record SourceRow(string? Path, string? Label, string? Group, IReadOnlyList<float> Numbers);

/// <summary>The rows of a source, with the names of the columns of numbers and where they come from (for messages).</summary>
internal sealed record SourceRows(string Origin, IReadOnlyList<SourceRow> Rows, IReadOnlyList<string> NumberNames)
{
    /// <summary>At most <paramref name="limit" /> rows, taken in turn from the labels, in their first order.</summary>
    public SourceRows Limited(int? limit)
    {
        if (limit is not { } most || Rows.Count <= most)
            return this;
        IEnumerable<int> chosen = Enumerable.Range(0, Rows.Count)
            .GroupBy(i => Rows[i].Label)
            .SelectMany(group => group.Select((row, turn) => (row, turn)))
            .OrderBy(x => x.turn).ThenBy(x => x.row)
            .Take(most)
            .Select(x => x.row)
            .Order();
        return this with { Rows = [.. chosen.Select(i => Rows[i])] };
    }

    /// <summary>The rows as a table. A column that no row has is left out.</summary>
    public Table ToTable()
    {
        var table = new Table(Rows.Count);
        table = AddText(table, DataSource.PathColumn, r => r.Path);
        table = AddText(table, DataSource.LabelColumn, r => r.Label);
        table = AddText(table, DataSource.GroupColumn, r => r.Group);
        for (int c = 0; c < NumberNames.Count; c++)
        {
            int column = c;
            table = table.With(NumberNames[c], Rows.Select(r => r.Numbers[column]).ToArray());
        }

        return table;
    }

    private Table AddText(Table table, string name, Func<SourceRow, string?> value) =>
        Rows.Any(r => value(r) is not null) ? table.With(name, Rows.Select(r => value(r) ?? "").ToArray()) : table;
}
