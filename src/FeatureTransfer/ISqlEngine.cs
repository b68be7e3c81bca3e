using System.Data.Common;

namespace FeatureTransfer;

/// <summary>
/// Runs SQL over files and databases. The package <c>FeatureTransfer.Sql</c> has one over DuckDB, SQLite and PostgreSQL; any ADO.NET provider
/// makes another in a few lines. Safe to use from several threads.
/// </summary>
public interface ISqlEngine
{
    /// <summary>Starts a query. Rows come as they are read, never all at once.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A reader before its first row; disposing it ends the query and closes the database.</returns>
    /// <exception cref="FeatureTransferException">The database cannot be opened or the query is wrong; the message says what to do.</exception>
    DbDataReader Read(SqlQuery query, CancellationToken cancellationToken = default);
}
