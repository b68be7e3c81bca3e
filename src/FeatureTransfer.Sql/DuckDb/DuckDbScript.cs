using static FeatureTransfer.Sql.DuckDb.DuckDbNative;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Runs statements that may write: tests and benchmarks make their files with it.</summary>
internal static unsafe class DuckDbScript
{
    /// <summary>Runs statements.</summary>
    /// <param name="sql">The statements.</param>
    /// <param name="database">The file; it is made where it is missing.</param>
    /// <exception cref="FeatureTransferException">DuckDB is not there, or a statement fails.</exception>
    public static void Run(string sql, string database = ":memory:")
    {
        DuckDbLibrary.EnsureLoaded();
        nint connection = 0;
        var state = duckdb_open_ext(database, out var handle, 0, out _) == Success ? duckdb_connect(handle, out connection) : 1;
        DuckDbResult result = default;
        if (state == Success)
            state = duckdb_query(connection, sql, out result);
        var error = Text(duckdb_result_error(ref result));
        duckdb_destroy_result(ref result);
        duckdb_disconnect(ref connection);
        duckdb_close(ref handle);
        if (state != Success)
            throw new FeatureTransferException($"{database}: {error}");
    }
}
