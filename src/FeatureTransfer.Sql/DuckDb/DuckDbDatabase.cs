using System.Data.Common;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Asks DuckDB: in memory with a view over files, or a database file that is only read.</summary>
internal static class DuckDbDatabase
{
    private static readonly string[] _databases = [".duckdb", ".ddb", ".db"];

    static DuckDbDatabase() => DuckDbMemory.KeepInOnePool();

    /// <summary>Starts a query; its reader closes the database.</summary>
    public static DbDataReader Read(SqlQuery query, CancellationToken cancellationToken)
    {
        var file = IsDatabase(query.Database) ? query.Database : null;
        if (file is not null && !File.Exists(file))
            throw new FeatureTransferException($"{file}: there is no such file; give the path of the database.");
        var connection = new DuckDBConnection(Settings(file));
        try
        {
            connection.Open();
            // Of the connection, since connections to one file share the settings of the first that opened it.
            Execute(connection, $"SET file_search_path = {DuckDbFiles.Quoted(query.Folder ?? "")}");
            // Rows that are computed ahead are counted without the bytes of images in them: at the default, a hundred megabytes would wait.
            Execute(connection, "SET streaming_buffer_size = '1kB'");
            DuckDbStatement.CheckIsOneSelect(connection, query);
            if (file is null && query.Database is { } files)
                Execute(connection, $"CREATE VIEW data AS SELECT * FROM {DuckDbFiles.Table(files)}");
            return DuckDbReader.Start(connection, query, cancellationToken);
        }
        catch (DuckDBException exception)
        {
            connection.Dispose();
            throw DuckDbFault.Of(query, exception);
        }
        catch (DllNotFoundException exception)
        {
            throw new FeatureTransferException($"DuckDB has no library for {RuntimeInformation.RuntimeIdentifier}, and Parquet, CSV, JSON and DuckDB sources need it. Put DuckDB's library beside the program.", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsDatabase(string? database) => database is not null && _databases.Contains(Path.GetExtension(database), StringComparer.OrdinalIgnoreCase);

    private static string Settings(string? file) => new DuckDBConnectionStringBuilder
    {
        DataSource = file ?? DuckDBConnectionStringBuilder.InMemoryDataSource,
        AccessMode = file is null ? DuckDBAccessMode.Automatic : DuckDBAccessMode.ReadOnly,
        // Extensions that are installed are loaded; none is fetched from the network behind anybody's back.
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "true",
        // Rows stream by once: what was read is not worth keeping, and the cores have images to decode.
        ["enable_external_file_cache"] = "false",
        Threads = 1,
    }.ConnectionString;

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = new DuckDBCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
