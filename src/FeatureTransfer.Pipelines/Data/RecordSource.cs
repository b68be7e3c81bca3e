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
