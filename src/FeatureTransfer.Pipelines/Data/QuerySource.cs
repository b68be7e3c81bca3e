using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Rows that SQL gives. The image may be a path, or a column of encoded bytes (BLOB).</summary>
public abstract record QuerySource : FieldSource
{
    /// <summary>The field that names a row whose image is bytes, in predictions and rejects; null names it by its number. Default null.</summary>
    public string? Name { get; init; }

    internal override IEnumerable<string> FieldsUsed() => Name is { } name ? base.FieldsUsed().Append(name) : base.FieldsUsed();

    internal override RecordInput Open(SourceContext context)
    {
        var engine = context.Sql ?? throw new FeatureTransferException(
            "This pipeline reads its rows by SQL, and this program has nothing that runs it. Reference the package FeatureTransfer.Sql and set FeatureTransferServices.Sql to a new SqlEngine; 'ft' has it.");
        var query = Ask(context);
        return new RecordInput(query.Origin, query.Folder!, again => QueryRecords.Read(this, engine, Narrow(engine, query), again));
    }

    internal abstract SqlQuery Ask(SourceContext context);

    internal virtual SqlQuery Narrow(ISqlEngine engine, SqlQuery query) => query;
}

/// <summary>Rows of one SQL query over files or a database.</summary>
public sealed record SqlSource : QuerySource
{
    /// <summary>
    /// One SELECT. Where <see cref="Database"/> is a file of rows or a glob of such files, its table is called <c>data</c>; without a
    /// database the query names files itself, which start from the pipeline's folder.
    /// </summary>
    public required string Query { get; init; }

    /// <summary>
    /// What is asked: a <c>.duckdb</c> or SQLite database, an address such as <c>postgres://host/shop</c>, or a Parquet, CSV or JSON file or
    /// a glob of such files. Null for none. Default null.
    /// </summary>
    public string? Database { get; init; }

    internal override SqlQuery Ask(SourceContext context)
    {
        if (Database is null || Database.Contains("://", StringComparison.Ordinal))
            return new SqlQuery(Query) { Database = Database, Folder = Path.GetFullPath(context.BaseFolder ?? ".") };
        string database = PipelinePaths.Resolve(Database, context.BaseFolder);
        return new SqlQuery(Query) { Database = database, Folder = new FileGlob(database).Folder };
    }
}

/// <summary>Rows of a Parquet file, or of a glob of such files; no other column than those named is read.</summary>
public sealed record ParquetSource : QuerySource
{
    /// <summary>The file, or a glob such as <c>photos/*.parquet</c>.</summary>
    public required string Path { get; init; }

    internal override SqlQuery Ask(SourceContext context)
    {
        string files = PipelinePaths.Resolve(Path, context.BaseFolder);
        return new SqlQuery("SELECT * FROM data") { Database = files, Folder = new FileGlob(files).Folder };
    }

    // A field that is not there is left to the check, which knows the near ones.
    internal override SqlQuery Narrow(ISqlEngine engine, SqlQuery query)
    {
        using var all = engine.Read(query with { Text = "SELECT * FROM data LIMIT 0" });
        var known = ImageColumn.Names(all);
        var used = FieldsUsed().Concat(Where.Select(where => where.Field)).Distinct().ToList();
        return used.All(known.Contains) ? query with { Text = $"SELECT {string.Join(", ", used.Select(ImageSources.Quoted))} FROM data" } : query;
    }
}
