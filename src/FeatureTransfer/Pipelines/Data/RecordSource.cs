namespace FeatureTransfer.Pipelines.Data;

/// <summary>A file of records with named fields: a table or JSON.</summary>
public abstract record RecordSource : DataSource
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Where a record's input lies: the name of a field, or a text with fields in braces such as <c>images/{file}</c>. Relative paths start
    /// from the file's folder. Null when the records have no input but numbers. Default <c>path</c>.
    /// </summary>
    public string? Image { get; init; } = "path";

    /// <summary>The field with the label. Default <c>label</c>.</summary>
    public string Label { get; init; } = "label";

    /// <summary>The field whose equal values belong to one group; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// A regular expression on the field <see cref="Group" />: the captured groups together, or the whole match when there are none, name
    /// the group. Null takes the field's whole value.
    /// </summary>
    public string? GroupPattern { get; init; }

    /// <summary>Fields with numbers, each a column of its own.</summary>
    public ValueList<string> Numbers { get; init; } = [];

    /// <summary>Conditions that a record must meet to be a row; others are no rejects.</summary>
    public ValueList<WhereClause> Where { get; init; } = [];

    internal override SourceRows Read(SourceContext context)
    {
        string file = PipelinePaths.Resolve(Path, context.BaseFolder);
        if (!File.Exists(file))
            throw new FeatureTransferException($"{file}: there is no such file; give the path of the file with the records.");
        return new RecordMapper(this, file, context).Map(ReadRecords(file, context));
    }

    internal abstract RecordSet ReadRecords(string file, SourceContext context);
}

/// <summary>A condition: a field has one of some values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The values, as text; true is <c>true</c>.</param>
public sealed record WhereClause(string Field, ValueList<string> Values);

/// <summary>Rows of a table with commas, its first line the names of the columns.</summary>
public sealed record CsvSource : RecordSource
{
    internal override RecordSet ReadRecords(string file, SourceContext context) => DelimitedRecords.Read(file, ",", context);
}

/// <summary>Rows of a table with tabs, its first line the names of the columns.</summary>
public sealed record TsvSource : RecordSource
{
    internal override RecordSet ReadRecords(string file, SourceContext context) => DelimitedRecords.Read(file, "\t", context);
}

/// <summary>One JSON object a line.</summary>
public sealed record JsonLinesSource : RecordSource
{
    internal override RecordSet ReadRecords(string file, SourceContext context) => JsonRecords.ReadLines(file, context);
}

/// <summary>One JSON array of objects.</summary>
public sealed record JsonSource : RecordSource
{
    internal override RecordSet ReadRecords(string file, SourceContext context) => JsonRecords.ReadArray(file);
}
