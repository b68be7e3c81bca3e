using System.CommandLine;
using System.Net;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft silo</c>: a machine takes part in a cluster. Nothing of Orleans is loaded before it is asked for.</summary>
internal static class SiloCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var cluster = ClusterOption.Create();
        cluster.Required = true;
        var host = new Option<string?>("--host") { HelpName = "IP", Description = "With PostgreSQL, the address of this machine for the other machines; default 127.0.0.1, so that none but this one takes part. Whoever reaches the ports can have files read and written: they belong in a network that is trusted" };
        host.Require(value => value is null || IPAddress.TryParse(value, out _), "an IP address of this machine");
        var port = new Option<int?>("--port") { HelpName = "N", Description = "With PostgreSQL, the port for the other silos, and the next one for clients; default 5100, and 0 any two that are free" };
        port.Require(value => value is null or (>= 0 and <= 65534), "0 to 65534");
        var deadAfter = new Option<int?>("--dead-after") { HelpName = "SECONDS", Description = "How long a silo may be silent before others take its work over; the same for all; default 15" };
        deadAfter.Require(value => value is null or (>= 3 and <= 3600), "3 to 3600");
        var device = DeviceOption.Create();
        var command = new Command(
            "silo",
            "Joins a cluster and computes features for those who call ft extract --cluster, until Ctrl-C or SIGTERM. All machines need the same version of ft, the same files under the same paths, and the same folder of features.\n\nExamples:\n  ft silo --cluster localhost\n  FT_POSTGRES=postgres://ft:secret@db/ft ft silo --cluster postgres --host 10.0.0.7") { cluster, host, port, deadAfter, device };
        command.SetAction((parse, cancellationToken) => SiloRun.RunAsync(
            shell(parse), new SiloSettings(parse.GetValue(cluster)!, parse.GetValue(host), parse.GetValue(port), parse.GetValue(deadAfter), parse.GetValue(device)), cancellationToken));
        return command;
    }
}

/// <summary>What <c>ft silo</c> was told; null is the silo's default.</summary>
internal sealed record SiloSettings(string Cluster, string? Host, int? Port, int? DeadAfter, Devices.Device? Device);
