using System.CommandLine;
using FeatureTransfer.Orleans;
using FeatureTransfer.Sql;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>--cluster</c>: which machines work together.</summary>
internal static class ClusterOption
{
    /// <summary>The variable that may hold the address, so that its password is on no command line.</summary>
    public const string AddressVariable = "FT_POSTGRES";

    private const string Local = "localhost", Postgres = "postgres";

    /// <summary>The option; what it says is read by <see cref="Read"/>.</summary>
    public static Option<string?> Create() => new("--cluster")
    {
        HelpName = "ADDRESS",
        Description = $"postgres://USER@HOST/DATABASE, the database through which the silos find each other (password: PGPASSWORD); postgres, the address in the variable {AddressVariable}; or localhost[:PORT], silos of this machine alone",
    };

    /// <summary>What an address says.</summary>
    /// <exception cref="FeatureTransferException">It is none.</exception>
    public static ExtractionClusterOptions Read(string address)
    {
        if (address == Local)
            return new ExtractionClusterOptions();
        if (address.StartsWith(Local + ":", StringComparison.Ordinal) && int.TryParse(address[(Local.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65534)
            return new ExtractionClusterOptions { LocalPort = port };
        var database = address == Postgres ? Environment.GetEnvironmentVariable(AddressVariable) ?? "" : address;
        if (PostgresDatabase.Is(database))
            return new ExtractionClusterOptions { ConnectionString = PostgresDatabase.Settings(database).ConnectionString };
        throw new FeatureTransferException(address == Postgres
            ? $"--cluster postgres: the variable {AddressVariable} has no address. Expected postgres://user:password@host/database in it."
            : $"--cluster {address}: expected postgres://user@host/database, postgres with the address in the variable {AddressVariable}, or localhost, with the port of the first silo as in localhost:5100.");
    }
}

/// <summary>What <c>ft extract</c> was told of a cluster.</summary>
internal sealed record ClusterChoice(string Address, string? Folder, int? ShardRows)
{
    /// <summary>The folder of the feature cache.</summary>
    public string Store => Path.GetFullPath(Folder ?? FeatureTransferPaths.Features);
}
