using FeatureTransfer.Inputs;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>One row of a source.</summary>
internal sealed record SourceRow(string? Path, string? Label, string? Group, IReadOnlyList<float> Numbers)
{
    /// <summary>Its texts, in the order of the source's columns of text.</summary>
    public ValueList<string> Texts { get; init; } = [];

    /// <summary>Its place in the source, where its content is to be found again.</summary>
    public long Position { get; init; }

    /// <summary>The length of its content in bytes; null when the path is that of a file.</summary>
    public long? Length { get; init; }

    /// <summary>Whether another reading gave the same.</summary>
    public bool IsSame(SourceRow other) =>
        (Path, Label, Group, Position, Length) == (other.Path, other.Label, other.Group, other.Position, other.Length) && Numbers.SequenceEqual(other.Numbers) && Texts.Equals(other.Texts);
}

/// <summary>The rows of a source, with the names of the columns of numbers and where they come from (for messages).</summary>
internal sealed record SourceRows(string Origin, IReadOnlyList<SourceRow> Rows, IReadOnlyList<string> NumberNames)
{
    /// <summary>The column that <see cref="Numbered"/> adds.</summary>
    public const string Place = "FeatureTransfer.Row";

    /// <summary>The encoded images; null when the rows are files.</summary>
    public RowContent? Content { get; init; }

    /// <summary>The names of the columns of text, beside those that every source has.</summary>
    public IReadOnlyList<string> TextNames { get; init; } = [];

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
        return Select(chosen);
    }

    /// <summary>The rows at these positions, in this order.</summary>
    public SourceRows Select(IEnumerable<int> chosen) => this with { Rows = [.. chosen.Select(row => Rows[row])] };

    /// <summary>The table with the number of each row beside it, by which <see cref="Positions"/> finds it again where others fell out.</summary>
    public static Table Numbered(Table table) => table.With(Place, [.. Enumerable.Range(0, table.Count).Select(row => (float)row)]);

    /// <summary>Where the rows of a table lie here, of which some may have fallen out on the way; null where that cannot be told, for a step has dropped the numbers.</summary>
    /// <param name="table">What became of a <see cref="Numbered"/> table of these rows.</param>
    public IReadOnlyList<int>? Positions(Table table) =>
        table.Numbers(Place) is { } places ? [.. places.Select(place => (int)place)]
        : table.Count == Rows.Count ? [.. Enumerable.Range(0, table.Count)]
        : null;

    /// <summary>The rows as a table. A column that no row has is left out.</summary>
    public Table ToTable()
    {
        var table = new Table(Rows.Count);
        table = AddText(table, DataSource.PathColumn, r => r.Path);
        table = AddText(table, DataSource.LabelColumn, r => r.Label);
        table = AddText(table, DataSource.GroupColumn, r => r.Group);
        for (int c = 0; c < TextNames.Count; c++)
        {
            int column = c;
            table = table.With(TextNames[c], Rows.Select(r => r.Texts[column]).ToArray());
        }

        for (int c = 0; c < NumberNames.Count; c++)
        {
            int column = c;
            table = table.With(NumberNames[c], Rows.Select(r => r.Numbers[column]).ToArray());
        }

        return table;
    }

    /// <summary>The table, with the encoded images beside it where the rows are no files.</summary>
    public IDataView ToView(Table table, IRejectedRowSink rejected, CancellationToken cancellationToken) =>
        Content is null ? table : new ContentView(table, DataSource.PathColumn, () => Content.Read(Rows, rejected, cancellationToken));

    /// <summary>The images of some rows, in their order, as they are asked for.</summary>
    /// <param name="chosen">Positions in <see cref="Rows"/>, ascending.</param>
    /// <param name="rejected">Is told of those that cannot be read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IEnumerable<InputValue> Images(IReadOnlyList<int> chosen, IRejectedRowSink rejected, CancellationToken cancellationToken)
    {
        SourceRow[] rows = [.. chosen.Select(row => Rows[row])];
        return Content is null
            ? rows.Select(row => InputValue.FromFile(row.Path!))
            : rows.Zip(Content.Read(rows, rejected, cancellationToken), (row, bytes) => InputValue.FromBytes(bytes, row.Path!));
    }

    private Table AddText(Table table, string name, Func<SourceRow, string?> value) =>
        Rows.Any(r => value(r) is not null) ? table.With(name, Rows.Select(r => value(r) ?? "").ToArray()) : table;
}
