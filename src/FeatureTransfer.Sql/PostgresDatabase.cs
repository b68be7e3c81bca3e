using System.Data;
using System.Data.Common;
using Npgsql;

namespace FeatureTransfer.Sql;

/// <summary>Asks PostgreSQL databases.</summary>
internal static class PostgresDatabase
{
    private static readonly string[] _schemes = ["postgres://", "postgresql://"];

    public static bool Is(string? database) => database is not null && _schemes.Any(scheme => database.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    public static DbDataReader Read(SqlQuery query, CancellationToken cancellationToken)
    {
        var settings = Settings(query.Database!);
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            // The reader closes the connection; its command lives as long.
            var command = new NpgsqlCommand(query.Text, connection) { CommandTimeout = 0 };
            return command.ExecuteReader(CommandBehavior.CloseConnection);
        }
        catch (Exception exception) when (exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            connection.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new FeatureTransferException(Message(settings, query, exception), exception);
        }
    }

    /// <summary>What an address such as <c>postgres://user:password@host:5432/database?sslmode=require</c> says; what it leaves out comes from PGUSER, PGPASSWORD and so on.</summary>
    public static NpgsqlConnectionStringBuilder Settings(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            throw new FeatureTransferException("The PostgreSQL address cannot be read. Expected postgres://user:password@host:5432/database; write special characters of the password as %XX.");
        try
        {
            var settings = new NpgsqlConnectionStringBuilder { Host = uri.Host.Length > 0 ? uri.Host : "localhost", Pooling = false };
            if (uri.Port > 0)
                settings.Port = uri.Port;
            if (uri.AbsolutePath.Length > 1)
                settings.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
            if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var password])
            {
                settings.Username = Uri.UnescapeDataString(user);
                if (password is [var secret])
                    settings.Password = Uri.UnescapeDataString(secret);
            }

            foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = option.Split('=', 2);
                settings[Keyword(parts[0])] = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
            }

            return settings;
        }
        catch (ArgumentException exception)
        {
            throw new FeatureTransferException($"The PostgreSQL address has an option that is not known: {exception.Message} Expected options such as sslmode=require.", exception);
        }
    }

    // libpq writes "sslmode", Npgsql "SSL Mode".
    private static string Keyword(string option) => option.ToLowerInvariant() switch
    {
        "sslmode" => "SSL Mode",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        _ => option,
    };

    // The password stays out of messages.
    private static string Message(NpgsqlConnectionStringBuilder settings, SqlQuery query, Exception exception) =>
        $"PostgreSQL at {settings.Host}:{settings.Port}, database '{settings.Database ?? settings.Username}': {exception.Message} "
        + (exception is PostgresException ? $"The query: {query.Text}" : "Check the address, that the server runs, and the password (PGPASSWORD).");
}
