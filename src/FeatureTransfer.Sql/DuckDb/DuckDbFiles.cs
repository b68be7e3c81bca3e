namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Which of DuckDB's functions reads a file.</summary>
internal static class DuckDbFiles
{
    private static readonly (string Ending, string Function)[] _readers =
    [
        (".parquet", "read_parquet"), (".csv", "read_csv"), (".tsv", "read_csv"), (".json", "read_json"), (".jsonl", "read_json"), (".ndjson", "read_json"),
    ];

    /// <summary>The table of a file or a glob.</summary>
    /// <exception cref="FeatureTransferException">The ending is not known.</exception>
    public static string Table(string files)
    {
        var plain = files.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? files[..^3] : files;
        var reader = Array.Find(_readers, known => plain.EndsWith(known.Ending, StringComparison.OrdinalIgnoreCase)).Function
            ?? throw new FeatureTransferException($"{files}: what is in it is not known by its ending. Expected {string.Join(", ", _readers.Select(known => known.Ending))}, a .duckdb or SQLite database, or a postgres:// address.");
        return $"{reader}({Quoted(files)})";
    }

    /// <summary>A text as SQL writes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
