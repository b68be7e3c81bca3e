using FeatureTransfer.Studio;
using Microsoft.Extensions.Hosting;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Runs a studio until it is told to stop.</summary>
internal static class StudioRun
{
    public static async Task<int> RunAsync(Shell shell, string folder, int port, string? backbone, CancellationToken cancellationToken)
    {
        var studio = StudioHost.Create(folder, new StudioOptions { Port = port, Backbone = backbone, Services = CommandServices.Default }, ServeRun.Log);
        await using (studio.ConfigureAwait(false))
        {
            await studio.App.StartAsync(cancellationToken).ConfigureAwait(false);
            if (shell.Json)
                shell.WriteJsonLine(new { studio.Address });
            else
                shell.Out.WriteLine($"Open {studio.Address} in a browser on this machine. Ctrl-C ends it.");
            await studio.App.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }

        return ExitCodes.Ok;
    }
}
