using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using FeatureTransfer.Orleans.Jobs;

namespace FeatureTransfer.Orleans.Working;

/// <summary>Computes shards as any extraction computes rows, into the shared store. The backbone stays open for the next shard of its job.</summary>
internal sealed class ShardExtraction(FeatureTransferServices services, Device device) : IDisposable
{
    private readonly UnseenFiles _unseen = new();
    private FeatureCache? _store;
    private FeatureExtractor? _extractor;
    private Guid _job;

    /// <summary>Computes a shard. At its end all that it computed is in the store.</summary>
    /// <param name="lease">The shard.</param>
    /// <param name="report">Is told how many rows came out so far.</param>
    /// <param name="cancellationToken">Stops the work; what was computed stays in the store.</param>
    /// <returns>A file that this machine does not see, or null.</returns>
    /// <exception cref="FeatureTransferException">This machine cannot take part in the job.</exception>
    public string? Run(ShardLease lease, Action<int> report, CancellationToken cancellationToken)
    {
        if (_job != lease.Job.Id)
            Open(lease.Job);
        var rows = 0;
        foreach (var _ in _extractor!.Extract(InputList.Read(lease.Job.List, lease.Shard, lease.Job.Folder), cancellationToken))
            report(++rows);
        return _unseen.Take();
    }

    public void Dispose()
    {
        _job = default;
        _extractor?.Dispose();
        _store?.Dispose();
    }

    private void Open(JobSpec job)
    {
        Dispose();
        if (job.Version != ExtractionSilo.Version)
            throw new FeatureTransferException($"the silo is FeatureTransfer {ExtractionSilo.Version}, and the client {job.Version}. Install the same version on all machines.");
        CheckStore(job);
        _store = new FeatureCache(job.Store);
        _extractor = new FeatureExtractor(
            new ExtractFeaturesOptions { Backbone = job.Backbone, Layers = job.Layers, Pooling = job.Pooling is null ? null : Enum.Parse<Pooling>(job.Pooling), UnitLength = job.UnitLength, Device = device },
            services with { Cache = _store, Rejected = _unseen });
        if (_extractor.Fingerprint != job.Fingerprint)
            throw new FeatureTransferException($"{job.Backbone}: the silo's backbone differs from the client's. Both need the same file: ft models verify says which is whole.");
        _job = job.Id;
    }

    private static void CheckStore(JobSpec job)
    {
        if (!File.Exists(job.List))
            throw new FeatureTransferException($"{job.List}: is not there. All machines need the client's store, {job.Store}, under the same path.");
        var probe = $"{job.List}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{job.Store}: the silo cannot write there: {exception.Message}", exception);
        }
    }
}
