using FeatureTransfer.Sql.DuckDb;

namespace FeatureTransfer.Tests.Sql;

/// <summary>Writes what tests read. Skips the test where DuckDB's library is absent.</summary>
internal static class DuckDbShell
{
    public static void Need()
    {
        if (!DuckDbLibrary.IsThere)
            Assert.Ignore("DuckDB's library is not on this machine; npm brings it.");
    }

    public static void Execute(string sql, string database = ":memory:")
    {
        Need();
        DuckDbScript.Run(sql, database);
    }
}
