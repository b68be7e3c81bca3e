using System.Data.Common;
using FeatureTransfer.Sql.DuckDb;

namespace FeatureTransfer.Sql;

/// <summary>
/// Runs SQL: over Parquet, CSV and JSON files and DuckDB databases by DuckDB, over SQLite and PostgreSQL by their own drivers, so that
/// nothing has to be installed or downloaded for any of them. Databases are only read. Safe to use from several threads.
/// </summary>
/// <example>
/// <code>
/// var services = FeatureTransferServices.Default with { Sql = new SqlEngine() };
/// </code>
/// </example>
public sealed class SqlEngine : ISqlEngine
{
    /// <inheritdoc/>
    public DbDataReader Read(SqlQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        if (PostgresDatabase.Is(query.Database))
            return PostgresDatabase.Read(query, cancellationToken);
        return SqliteDatabase.Is(query.Database) ? SqliteDatabase.Read(query, cancellationToken) : DuckDbDatabase.Read(query, cancellationToken);
    }
}
