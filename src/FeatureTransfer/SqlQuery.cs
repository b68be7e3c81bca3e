namespace FeatureTransfer;

/// <summary>A question in SQL.</summary>
/// <param name="Text">
/// One SELECT. Where <see cref="Database"/> is a file of rows or a glob of such files, its table is called <c>data</c>; without a database
/// the query names files itself: <c>SELECT * FROM 'photos/*.parquet'</c>.
/// </param>
public sealed record SqlQuery(string Text)
{
    /// <summary>
    /// What is asked: a <c>.duckdb</c> or SQLite database, a <c>postgres://</c> address, or a Parquet, CSV or JSON file or a glob of such
    /// files. Null, the default, for none.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>The folder that relative paths in the query start from. Default, and null: the current directory.</summary>
    public string? Folder { get; init; }

    /// <summary>What messages call it by.</summary>
    internal string Origin => Database is null ? "the query" : IsAddress ? new UriBuilder(Database) { Password = "", UserName = "" }.Uri.ToString() : Database;

    private bool IsAddress => Database!.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Database, UriKind.Absolute, out _);
}
