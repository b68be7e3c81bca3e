using System.Globalization;
using Npgsql;

namespace FeatureTransfer.Orleans.Membership;

/// <summary>
/// The tables in which silos find each other, in a schema of their own. Orleans' package has no script for them, so they are made here when they are first needed.
/// </summary>
internal static class MembershipDatabase
{
    private const string Schema = "featuretransfer";

    // Two that make a table at once would disturb each other.
    private const long LockKey = 0x4654_4F52_4C45_414E;

    /// <summary>The connection as silos and clients use it.</summary>
    public static string ConnectionString(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema }.ConnectionString;

    /// <summary>Makes the tables.</summary>
    /// <exception cref="FeatureTransferException">The database cannot be reached, or refuses.</exception>
    public static async Task PrepareAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString(connectionString));
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                await RunAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
            {
                // The password stays out of it.
                throw new FeatureTransferException(
                    $"PostgreSQL at {connection.Host}:{connection.Port}, database '{connection.Database}': {exception.Message} Check the address, that the server runs, and the password (PGPASSWORD); the user needs the right to make a schema '{Schema}' there.",
                    exception);
            }
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({LockKey})"), connection, transaction);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                command.CommandText = Script();
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(MembershipDatabase).Assembly.GetManifestResourceStream("Membership.sql")!);
        return reader.ReadToEnd();
    }
}
