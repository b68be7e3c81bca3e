namespace FeatureTransfer.Pipelines.Data;

/// <summary>A file of records with named fields: a table or JSON.</summary>
public abstract record RecordSource : FieldSource
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    internal override RecordInput Open(SourceContext context)
    {
        string file = PipelinePaths.Resolve(Path, context.BaseFolder);
        return File.Exists(file)
            ? new RecordInput(file, System.IO.Path.GetDirectoryName(file)!, again => ReadRecords(file, again))
            : throw new FeatureTransferException($"{file}: there is no such file; give the path of the file with the records.");
    }

    internal abstract RecordSet ReadRecords(string file, SourceContext context);
}

/// <summary>What stands between the fields of a table.</summary>
public enum TableSeparator
{
    /// <summary>Whatever the table has: a comma, a semicolon, a tab or a vertical bar.</summary>
    Auto,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>A semicolon.</summary>
    Semicolon,

    /// <summary>A tab.</summary>
    Tab,

    /// <summary>A vertical bar.</summary>
    Pipe,
}

/// <summary>A table of text: a line a row, the first one with the names of the columns where it has such a line.</summary>
public abstract record DelimitedSource : RecordSource
{
    /// <summary>Whether the first line holds the names of the columns; without it they are <c>column1</c>, <c>column2</c> and so on. Default true.</summary>
    public bool Header { get; init; } = true;

    /// <summary>What stands before the decimals of numbers. Default <see cref="DecimalMark.Auto" />.</summary>
    public DecimalMark Decimal { get; init; }

    /// <summary>The name of the encoding, such as <c>windows-1250</c>. Default, and null: UTF-8 or UTF-16, and Windows-1252 for what is neither.</summary>
    public string? Encoding { get; init; }
}

/// <summary>Rows of a table with commas, or with what else offices put between fields; its first line the names of the columns.</summary>
public sealed record CsvSource : DelimitedSource
{
    /// <summary>What stands between fields. Default <see cref="TableSeparator.Auto" />.</summary>
    public TableSeparator Separator { get; init; }

    internal override RecordSet ReadRecords(string file, SourceContext context) => DelimitedRecords.Read(
        file,
        this,
        Separator switch
        {
            TableSeparator.Comma => ',',
            TableSeparator.Semicolon => ';',
            TableSeparator.Tab => '\t',
            TableSeparator.Pipe => '|',
            _ => null,
        },
        context);
}

/// <summary>Rows of a table with tabs, its first line the names of the columns.</summary>
public sealed record TsvSource : DelimitedSource
{
    internal override RecordSet ReadRecords(string file, SourceContext context) => DelimitedRecords.Read(file, this, '\t', context);
}

/// <summary>One JSON object a line.</summary>
public sealed record JsonLinesSource : RecordSource
{
    internal override RecordSet ReadRecords(string file, SourceContext context) => JsonRecords.ReadLines(file, context);
}

/// <summary>One JSON array of objects.</summary>
public sealed record JsonSource : RecordSource
{
    internal override RecordSet ReadRecords(string file, SourceContext context) => JsonRecords.ReadArray(file, context);
}
