using System.Text.RegularExpressions;
using static DuckDB.NET.Native.NativeMethods;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Says what DuckDB says, and what to do.</summary>
internal static partial class DuckDbFault
{
    /// <summary>An error with the place it belongs to.</summary>
    public static FeatureTransferException Of(SqlQuery query, Exception cause) => Of(query, cause.Message, cause);

    /// <inheritdoc cref="Of(SqlQuery, Exception)"/>
    public static FeatureTransferException Of(SqlQuery query, string message, Exception? cause = null)
    {
        var origin = query.Database ?? "The query";
        if (MissingExtension().Match(message) is { Success: true } missing)
        {
            var name = missing.Groups["name"].Value;
            return new FeatureTransferException(
                $"{origin}: this needs DuckDB's extension '{name}', which is not installed, and nothing is downloaded without being asked for. Expected the file {missing.Groups["file"].Value}. "
                + $"Install it once with DuckDB's command line of version {Startup.DuckDBLibraryVersion().TrimStart('v')} (INSTALL {name};), or copy that file from a machine that has it. "
                + "SQLite and PostgreSQL need no extension when they are named as the database instead of inside the query.", cause);
        }

        return new FeatureTransferException($"{origin}: {message.Trim()}\nThe query: {query.Text}", cause);
    }

    [GeneratedRegex("""Extension "(?<file>[^"]+[/\\](?<name>[^"/\\]+)\.duckdb_extension)" not found""")]
    private static partial Regex MissingExtension();
}
