using System.Data.Common;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Asks DuckDB: in memory with a view over files, or a database file that is only read.</summary>
internal static class DuckDbDatabase
{
    private static readonly string[] _databases = [".duckdb", ".ddb", ".db"];

    static DuckDbDatabase() => DuckDbMemory.KeepInOnePool();

    // Not a field: building it loads the library, which reads how it keeps memory only then.
    private static string Settings => new DuckDBConnectionStringBuilder
    {
        DataSource = DuckDBConnectionStringBuilder.InMemoryDataSource,
        // Extensions that are installed are loaded; none is fetched from the network behind anybody's back.
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "true",
        // Rows stream by once: what was read is not worth keeping, and the cores have images to decode.
        ["enable_external_file_cache"] = "false",
        Threads = 1,
    }.ConnectionString;

    /// <summary>Starts a query; its reader closes the database.</summary>
    public static DbDataReader Read(SqlQuery query, CancellationToken cancellationToken)
    {
        var file = IsDatabase(query.Database) ? query.Database : null;
        if (file is not null && !File.Exists(file))
            throw new FeatureTransferException($"{file}: there is no such file; give the path of the database.");
        var connection = Open();
        try
        {
            Execute(connection, $"SET file_search_path = {DuckDbFiles.Quoted(query.Folder ?? "")}");
            // Rows that are computed ahead are counted without the bytes of images in them: at the default, a hundred megabytes would wait.
            Execute(connection, "SET streaming_buffer_size = '1kB'");
            DuckDbStatement.CheckIsOneSelect(connection, query);
            if (file is not null)
                Attach(connection, file);
            else if (query.Database is { } files)
                Execute(connection, $"CREATE VIEW data AS SELECT * FROM {DuckDbFiles.Table(Full(files))}");
            return DuckDbReader.Start(connection, query, cancellationToken);
        }
        catch (DuckDBException exception)
        {
            connection.Dispose();
            throw DuckDbFault.Of(query, exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // What the query itself names starts at its folder; what is asked starts where paths of the program do.
    private static string Full(string files) => files.Contains("://", StringComparison.Ordinal) ? files : Path.GetFullPath(files);

    private static bool IsDatabase(string? database) => database is not null && _databases.Contains(Path.GetExtension(database), StringComparer.OrdinalIgnoreCase);

    private static DuckDBConnection Open()
    {
        try
        {
            var connection = new DuckDBConnection(Settings);
            connection.Open();
            return connection;
        }
        catch (Exception exception) when ((exception as TypeInitializationException)?.InnerException is DllNotFoundException || exception is DllNotFoundException)
        {
            throw new FeatureTransferException($"DuckDB has no library for {RuntimeInformation.RuntimeIdentifier}, and Parquet, CSV, JSON and DuckDB sources need it. Put DuckDB's library beside the program.", exception);
        }
    }

    // Attached to a database of its own: DuckDB.NET opens a file once for a whole program, with the settings of whoever was first.
    private static void Attach(DuckDBConnection connection, string file)
    {
        // Its name is the file's, but for the one that is taken.
        var other = Path.GetFileNameWithoutExtension(file).Equals("memory", StringComparison.OrdinalIgnoreCase) ? " AS memory_db" : "";
        Execute(connection, $"ATTACH {DuckDbFiles.Quoted(Path.GetFullPath(file))}{other} (READ_ONLY, TYPE duckdb)");
        using var command = new DuckDBCommand("SELECT database_name FROM duckdb_databases() WHERE path IS NOT NULL AND NOT internal", connection);
        var name = (string)command.ExecuteScalar()!;
        Execute(connection, $"USE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = new DuckDBCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
