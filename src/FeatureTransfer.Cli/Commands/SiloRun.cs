using System.Net;
using FeatureTransfer.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Runs a silo until it is told to stop.</summary>
internal static class SiloRun
{
    public static async Task<int> RunAsync(Shell shell, SiloSettings settings, CancellationToken cancellationToken)
    {
        var (cluster, defaults) = (ClusterOption.Read(settings.Cluster), new ExtractionSiloOptions());
        var options = defaults with
        {
            Cluster = settings.DeadAfter is { } seconds ? cluster with { DeadAfter = TimeSpan.FromSeconds(seconds) } : cluster,
            Address = settings.Host is { } host ? IPAddress.Parse(host) : defaults.Address,
            Port = settings.Port ?? defaults.Port,
            Device = settings.Device ?? defaults.Device,
        };
        using var silo = await ExtractionSilo.CreateAsync(options, CommandServices.Default with { Logger = shell.Log }, logging => Log(logging, shell.Verbose), cancellationToken).ConfigureAwait(false);
        await silo.StartAsync(cancellationToken).ConfigureAwait(false);
        var name = ExtractionSilo.NameOf(silo);
        if (shell.Json)
            shell.WriteJsonLine(new { silo = name });
        else
            shell.Out.WriteLine($"{name} has joined the cluster and waits for work. Ctrl-C ends it.");
        await silo.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    // Orleans warns at length of every silo that dies, which it mends itself.
    private static void Log(ILoggingBuilder logging, bool verbose) => logging
        .AddFilter(null, verbose ? LogLevel.Information : LogLevel.Critical)
        .AddFilter(nameof(FeatureTransfer), verbose ? LogLevel.Information : LogLevel.Warning)
        .AddSimpleConsole(line => (line.SingleLine, line.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss "))
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
