using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace FeatureTransfer.Sql;

/// <summary>Asks SQLite databases.</summary>
internal static class SqliteDatabase
{
    private static readonly string[] _endings = [".sqlite", ".sqlite3", ".db3"];
    private static readonly byte[] _magic = "SQLite format 3\0"u8.ToArray();

    /// <summary>Whether it is a SQLite file, by what it holds or, where it is missing, by its name.</summary>
    public static bool Is(string? database)
    {
        if (database is null)
            return false;
        if (!File.Exists(database))
            return _endings.Contains(Path.GetExtension(database), StringComparer.OrdinalIgnoreCase);
        var start = new byte[_magic.Length];
        using var file = File.OpenHandle(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return RandomAccess.Read(file, start, 0) == start.Length && start.SequenceEqual(_magic);
    }

    public static DbDataReader Read(SqlQuery query, CancellationToken cancellationToken)
    {
        if (!File.Exists(query.Database))
            throw new FeatureTransferException($"{query.Database}: there is no such file; give the path of the SQLite database.");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = query.Database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // The reader ends with its command, and closes the connection, so neither is disposed here.
            var command = connection.CreateCommand();
            command.CommandText = query.Text;
            return command.ExecuteReader(CommandBehavior.CloseConnection);
        }
        catch (SqliteException exception)
        {
            var tables = Tables(connection);
            connection.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new FeatureTransferException($"{query.Database}: {exception.Message} The tables are {tables}. The query: {query.Text}", exception);
        }
    }

    // What a wrong name may have meant.
    private static string Tables(SqliteConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT coalesce(group_concat(m.name || ' (' || (SELECT group_concat(c.name, ', ') FROM pragma_table_info(m.name) c) || ')', '; '), 'none') FROM sqlite_master m WHERE m.type IN ('table', 'view')";
            return (string)command.ExecuteScalar()!;
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException)
        {
            return "not to be read";
        }
    }
}
