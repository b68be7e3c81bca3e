using DuckDB.NET.Data;

namespace FeatureTransfer.Pipelines.Tests.Sql;

/// <summary>Writes what tests read.</summary>
internal static class DuckDbShell
{
    public static void Execute(string sql, string database = ":memory:")
    {
        using var connection = new DuckDBConnection($"DataSource={database}");
        connection.Open();
        using var command = new DuckDBCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
