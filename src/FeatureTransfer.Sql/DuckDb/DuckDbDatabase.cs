using System.Data.Common;
using static FeatureTransfer.Sql.DuckDb.DuckDbNative;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>A DuckDB database for one query: in memory with a view over files, or a file that is only read.</summary>
internal sealed unsafe class DuckDbDatabase : IDisposable
{
    private static readonly string[] _databases = [".duckdb", ".ddb", ".db"];
    private nint _database;
    private nint _connection;

    private DuckDbDatabase(SqlQuery query)
    {
        DuckDbLibrary.EnsureLoaded();
        var file = IsDatabase(query.Database) ? query.Database! : null;
        if (file is not null && !File.Exists(file))
            throw new FeatureTransferException($"{file}: there is no such file; give the path of the database.");
        Open(query, file);
    }

    /// <summary>The connection.</summary>
    public nint Connection => _connection;

    /// <summary>Starts a query; the reader closes the database.</summary>
    public static DbDataReader Read(SqlQuery query, CancellationToken cancellationToken)
    {
        var database = new DuckDbDatabase(query);
        try
        {
            // Rows that are computed ahead are counted without the bytes of images in them: at the default, a hundred megabytes would wait.
            database.Execute("SET streaming_buffer_size = '1kB'", query);
            if (query.Database is { } files && !IsDatabase(files))
                database.Execute($"CREATE VIEW data AS SELECT * FROM {DuckDbFiles.Table(files)}", query);
            return DuckDbReader.Start(database, query, cancellationToken);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_connection != 0)
            duckdb_disconnect(ref _connection);
        if (_database != 0)
            duckdb_close(ref _database);
    }

    private static bool IsDatabase(string? database) => database is not null && _databases.Contains(Path.GetExtension(database), StringComparer.OrdinalIgnoreCase);

    private void Open(SqlQuery query, string? file)
    {
        _ = duckdb_create_config(out var config);
        try
        {
            // Extensions that are installed are loaded; none is fetched from the network behind anybody's back.
            _ = duckdb_set_config(config, "autoinstall_known_extensions", "false");
            _ = duckdb_set_config(config, "autoload_known_extensions", "true");
            _ = duckdb_set_config(config, "access_mode", file is null ? "automatic" : "read_only");
            // Rows stream by once: what was read is not worth keeping, and the cores have images to decode.
            _ = duckdb_set_config(config, "enable_external_file_cache", "false");
            _ = duckdb_set_config(config, "threads", "1");
            _ = duckdb_set_config(config, "file_search_path", query.Folder ?? "");
            if (duckdb_open_ext(file ?? ":memory:", out _database, config, out var error) != Success)
                throw DuckDbFault.Of(query, TakeText(error));
        }
        finally
        {
            duckdb_destroy_config(ref config);
        }

        if (duckdb_connect(_database, out _connection) != Success)
            throw DuckDbFault.Of(query, "no connection could be made");
    }

    private void Execute(string sql, SqlQuery query)
    {
        var state = duckdb_query(_connection, sql, out var result);
        var error = state == Success ? null : Text(duckdb_result_error(ref result));
        duckdb_destroy_result(ref result);
        if (error is not null)
            throw DuckDbFault.Of(query, error);
    }
}
