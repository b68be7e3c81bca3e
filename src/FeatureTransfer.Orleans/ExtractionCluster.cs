using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Orleans.Jobs;
using FeatureTransfer.Orleans.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeatureTransfer.Orleans;

/// <summary>A client of a cluster: has it compute the features of many inputs into a store that all machines share.</summary>
public sealed class ExtractionCluster : IAsyncDisposable
{
    private readonly ExtractionClusterOptions _options;
    private readonly IHost _host;
    private readonly TimeProvider _clock;

    private ExtractionCluster(ExtractionClusterOptions options, IHost host, TimeProvider clock) => (_options, _host, _clock) = (options, host, clock);

    private IJobBoard Board => _host.Services.GetRequiredService<IClusterClient>().GetGrain<IJobBoard>(0);

    /// <summary>Connects to a cluster.</summary>
    /// <param name="options">Which cluster.</param>
    /// <param name="clock">Says what time it is. Default the system's.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <exception cref="ArgumentException">Options are out of range.</exception>
    /// <exception cref="FeatureTransferException">The database cannot be reached, or no silo answers.</exception>
    public static async Task<ExtractionCluster> ConnectAsync(ExtractionClusterOptions options, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.ConnectionString is { } connection)
            await MembershipDatabase.PrepareAsync(connection, cancellationToken).ConfigureAwait(false);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client.Join(options));
        var host = builder.Build();
        try
        {
            // Orleans itself would try for minutes.
            await host.StartAsync(cancellationToken).WaitAsync(options.DeadAfter, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            host.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw JobWait.NoSilo(exception);
        }

        return new ExtractionCluster(options, host, clock ?? TimeProvider.System);
    }

    /// <summary>Has the cluster compute features, and waits for it. Afterwards they are in the store, but for those of inputs that cannot be used.</summary>
    /// <param name="extractor">What is computed, of the same backbone as on the silos; it computes nothing here. Float32 only.</param>
    /// <param name="inputs">The inputs; they are read once. Files have to lie under the same paths on all machines.</param>
    /// <param name="store">The folder of a <see cref="FeatureCache"/> that all machines share under the same path.</param>
    /// <param name="progress">Is told how far the cluster has come. Default nobody.</param>
    /// <param name="cancellationToken">Stops the work on all machines.</param>
    /// <returns>The inputs again, to be extracted with a cache of the store.</returns>
    /// <exception cref="FeatureTransferException">A machine cannot take part, or no silo answers any more; the message names it. What was computed is in the store.</exception>
    public async Task<SharedInputs> ComputeAsync(FeatureExtractor extractor, IEnumerable<InputValue> inputs, string store, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentException.ThrowIfNullOrEmpty(store);
        var job = Spec(extractor, Path.GetFullPath(store));
        Directory.CreateDirectory(Path.GetDirectoryName(job.List)!);
        var shared = new SharedInputs(job.List);
        try
        {
            var shards = InputList.Write(job.List, inputs, _options.ShardRows, cancellationToken);
            await new JobWait(() => Board, _options.DeadAfter, _clock).RunAsync(job, [.. shards], progress, cancellationToken).ConfigureAwait(false);
            return shared;
        }
        catch
        {
            shared.Dispose();
            throw;
        }
        finally
        {
            // Where the board is out of reach it removes what nobody asks for in a while.
            await RemoveAsync(job.Id).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        _host.Dispose();
    }

    private static JobSpec Spec(FeatureExtractor extractor, string store)
    {
        var (options, id) = (extractor.Options, Guid.NewGuid());
        if (options.Precision != Precision.Float32)
            throw new FeatureTransferException($"A cluster computes in float32, and {options.Precision} was asked for: its ranges come from a sample, which each machine would take for itself.");
        return new JobSpec
        {
            Id = id,
            Version = ExtractionSilo.Version,
            Fingerprint = extractor.Fingerprint,
            Backbone = File.Exists(options.Backbone) ? Path.GetFullPath(options.Backbone) : options.Backbone,
            Layers = options.Layers?.ToArray(),
            Pooling = options.Pooling?.ToString(),
            UnitLength = options.UnitLength,
            Store = store,
            List = Path.Combine(store, "jobs", $"{id:N}.jsonl"),
            Folder = Environment.CurrentDirectory,
        };
    }

    private async Task RemoveAsync(Guid job) => await Board.RemoveAsync(job).ConfigureAwait(false);
}
