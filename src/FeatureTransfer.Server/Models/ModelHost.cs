using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Server.Telemetry;
using FeatureTransfer.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Server.Models;

/// <summary>Opens the model when the host starts, looks for a new file now and then, and says when it is ready.</summary>
internal sealed class ModelHost(string path, FeatureTransferServerOptions options, ServerMetrics metrics, ILoggerFactory logs) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private HotModel<ServedBundle>? _model;
    private Task _watch = Task.CompletedTask;
    private volatile bool _isReady;
    private int _disposed;

    /// <summary>Whether the model is open, and nobody told the host to stop.</summary>
    public bool IsReady => _isReady;

    /// <summary>What the server takes on.</summary>
    public FeatureTransferServerOptions Options => options;

    /// <summary>Begins a use of the model of the moment; it stays open until the use ends.</summary>
    public UseCount.Use Enter(out ServedBundle model) => (_model ?? throw new InvalidOperationException("The host has not started, so no model is open.")).Enter(out model);

    /// <summary>Takes up a new file in the place of the old one, if there is one.</summary>
    public bool ReloadIfChanged()
    {
        if (_model?.ReloadIfChanged() != true)
            return false;
        metrics.Reloaded();
        return true;
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        options.Check();
        var services = FeatureTransferServices.Default with { Logger = logs.CreateLogger("FeatureTransfer"), Device = options.Device, KeepsFeatures = false };
        _model = new HotModel<ServedBundle>(path, file => new ServedBundle(file, options, services, metrics), new ModelPredictorOptions { ReloadOnChange = false, Services = services, Clock = options.Clock });
        _watch = Task.Run(WatchAsync, CancellationToken.None);
        _isReady = true;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Comes before the server closes its door: whoever asks for readiness learns of it.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isReady = false;
        await _stop.CancelAsync().ConfigureAwait(false);
        if (options.DrainDelay > TimeSpan.Zero)
            await Task.Delay(options.DrainDelay, options.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => _watch;

    // The host knows it as two services.
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        _isReady = false;
        _stop.Cancel();
        _model?.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(options.CheckInterval, options.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                ReloadIfChanged();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
