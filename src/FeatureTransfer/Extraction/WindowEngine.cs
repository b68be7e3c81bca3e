using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction;

/// <summary>Features of inputs that become windows, which may differ in length: texts and recordings.</summary>
internal sealed class WindowEngine : FeatureEngine
{
    private readonly WindowPreparation _preparation;
    private readonly WindowSession _session;
    private readonly FeatureKeeper _keeper;
    private readonly FeatureCache? _ownCache;
    private readonly WindowSettings _settings;
    private long _rowsComputed;

    public WindowEngine(ExtractFeaturesOptions options, ModelContent model, string name, WindowPreparation preparation, FeatureTransferServices services)
    {
        _preparation = preparation;
        var cores = Environment.ProcessorCount;
        var threads = options.IntraOpThreads ?? (options.Sessions is { } asked ? Math.Max(1, cores / asked) : 1);
        _session = new WindowSession(model, name, preparation, new SessionSettings
        {
            Device = services.Device ?? options.Device,
            IntraOpThreads = threads,
            OptimizedFolder = FeatureTransferPaths.Optimized,
            Logger = services.Logger,
        });
        var runs = options.Sessions ?? (_session.Device.Kind == DeviceKind.Cpu ? Math.Max(1, cores / threads) : 1);
        _settings = new WindowSettings(options.BatchSize ?? WindowSettings.DefaultBatch, runs, options.DecodeThreads ?? cores);
        _ownCache = options.UseCache && services.Cache is null ? new FeatureCache(FeatureTransferPaths.Features) : null;
        _keeper = new FeatureKeeper(FeatureKey.ScopeOf(model.Hash, preparation.Fingerprint), options.UseCache ? services.Cache ?? _ownCache : null, Length, services.Logger);
        One = new FeatureOne(Compute, cores);
    }

    public override Preparation Preparation => _preparation;

    public override int[] Shape => _session.Shape;

    public override long RowsComputed => Interlocked.Read(ref _rowsComputed);

    public override FeatureOne One { get; }

    public override bool RunsRowsAlone => false;

    public override IEnumerable<FlowRow<T>> Run<T>(IEnumerable<FlowInput<T>> inputs, CancellationToken cancellationToken, long? total = null)
    {
        var reader = new WindowBlockReader<T>(_preparation, _keeper, _settings);
        return new WindowFlow<T>(reader, Compute, _keeper, Length).Run(inputs, cancellationToken);
    }

    public override void Describe(FeatureScope description) => _keeper.Describe(description);

    protected override void Free()
    {
        _session.Dispose();
        _ownCache?.Dispose();
    }

    private void Compute<T>(WindowBlock<T> block, CancellationToken cancellationToken)
    {
        var batches = WindowBatches.Of(block, _settings.BatchSize, _preparation.RunLength);
        Together.Do(batches, _settings.Runs, cancellationToken, batch =>
        {
            var features = _session.Run([.. batch.Select(place => place.Window)], _preparation);
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch[i].Row.Add(features.AsSpan(i * Length, Length)))
                {
                    Interlocked.Increment(ref _rowsComputed);
                    _keeper.Keep(batch[i].Row.Key, batch[i].Row.Features!);
                }
            }
        });
    }

    private float[] Compute(ReadOnlyMemory<byte> content, string name)
    {
        var windows = _preparation.Read(content, name);
        var row = new WindowRow(windows, default, Length);
        foreach (var batch in windows.Chunk(_settings.BatchSize))
        {
            var features = _session.Run(batch, _preparation);
            for (var i = 0; i < batch.Length; i++)
                row.Add(features.AsSpan(i * Length, Length));
        }

        Interlocked.Increment(ref _rowsComputed);
        return row.Features!;
    }
}
