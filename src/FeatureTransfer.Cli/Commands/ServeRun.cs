using FeatureTransfer.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class ServeRun
{
    private const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static async Task<int> RunAsync(Shell shell, ServeSettings settings, CancellationToken cancellationToken)
    {
        var options = Options(settings);
        var app = ModelServer.Create(settings.Bundle, options, Log);
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            if (shell.Json)
                shell.WriteJsonLine(new { app.Urls });
            else
                shell.Out.WriteLine($"{settings.Bundle} answers at {string.Join(", ", app.Urls)}{(options.Server.ApiKeys.IsEmpty ? "" : " to those who bring a key")}. A browser shows how at {app.Urls.First()}/docs. Ctrl-C ends it.");
            await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }

        return ExitCodes.Ok;
    }

    private static ModelServerOptions Options(ServeSettings settings)
    {
        var defaults = new FeatureTransferServerOptions();
        var queue = settings.MaxQueue ?? Math.Max(defaults.MaxQueuedItems, settings.MaxItems ?? 0);
        return new ModelServerOptions
        {
            Urls = settings.Urls.Count > 0 ? settings.Urls : [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{settings.Port}")],
            AllowsNoKey = settings.NoKey,
            OtlpEndpoint = Otlp(settings.Otlp),
            Server = defaults with
            {
                ApiKeys = Keys(settings.KeyFile),
                Threshold = settings.Threshold,
                Device = settings.Device,
                MaxBodyBytes = settings.MaxBodyBytes ?? defaults.MaxBodyBytes,
                MaxBytesInFlight = Math.Max(defaults.MaxBytesInFlight, settings.MaxBodyBytes ?? 0),
                MaxItems = Math.Min(settings.MaxItems ?? defaults.MaxItems, queue),
                MaxBatchSize = settings.MaxBatch ?? defaults.MaxBatchSize,
                MaxQueuedItems = queue,
                RequestTimeout = settings.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.RequestTimeout,
                DrainDelay = TimeSpan.FromSeconds(settings.Drain ?? 0),
            },
        };
    }

    private static Uri? Otlp(string? named) => (named ?? Environment.GetEnvironmentVariable(OtlpVariable)) switch
    {
        null or "" => null,
        var text when ServeCommand.IsAddress(text) => new Uri(text),
        var text => throw new FeatureTransferException($"{OtlpVariable} is \"{text}\". Expected an address such as http://127.0.0.1:4317."),
    };

    private static ApiKeys Keys(string? file) =>
        file is not null ? ApiKeys.FromFile(file)
        : Environment.GetEnvironmentVariable(ServeCommand.KeyVariable) is { Length: > 0 } key ? ApiKeys.Of([key])
        : ApiKeys.None;

    // Standard output is for results; of ASP.NET only what went wrong is told.
    public static void Log(WebApplicationBuilder builder) => builder.Logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(line => (line.SingleLine, line.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss "))
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
