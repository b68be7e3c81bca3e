using DuckDB.NET.Data;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Looks at a query before it runs: an in-memory database is writable, and any can copy to files.</summary>
internal static class DuckDbStatement
{
    // DuckDB's parser turns SELECT statements into JSON and refuses all others. What it cannot parse fails when it runs, with the place marked.
    private const string Check = "SELECT coalesce(json_array_length(parsed, '$.statements') = 1, parsed ->> 'error_type' = 'parser') FROM (SELECT json_serialize_sql($query::VARCHAR)::JSON AS parsed)";

    /// <summary>Refuses a query that changes something, or that is several statements.</summary>
    /// <exception cref="FeatureTransferException">It is not one SELECT.</exception>
    public static void CheckIsOneSelect(DuckDBConnection connection, SqlQuery query)
    {
        using var command = new DuckDBCommand(Check, connection);
        command.Parameters.Add(new DuckDBParameter("query", query.Text));
        if (command.ExecuteScalar() is not true)
            throw DuckDbFault.Of(query, "expected one SELECT, which changes nothing");
    }
}
