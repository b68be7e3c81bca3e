using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Extraction.Tuning;
using FeatureTransfer.Inputs;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction;

/// <summary>Features of inputs whose tensors all have one shape: they are prepared straight into the memory of batches.</summary>
internal sealed class FixedEngine : FeatureEngine
{
    private readonly SessionSet _sessions;
    private readonly RowShapes _shapes;
    private readonly FeatureStages _stages;
    private readonly FeatureKeeper _keeper;
    private readonly FeatureCache? _ownCache;
    private readonly FixedPreparation _preparation;
    private readonly FeatureSession _one;

    public FixedEngine(ExtractFeaturesOptions options, ModelContent model, string name, FixedPreparation preparation, FeatureTransferServices services, TuningRule? rule = null)
    {
        _preparation = preparation;
        var cores = Environment.ProcessorCount;
        Tuner = new AutoTuner(options, model.HexHash, services.Logger, cores, new TuningStore(FeatureTransferPaths.Tuning), rule ?? new TuningRule());
        _sessions = new SessionSet(model, name, preparation.RowShape, new SessionSettings
        {
            Device = services.Device ?? options.Device,
            OptimizedFolder = FeatureTransferPaths.Optimized,
            Logger = services.Logger,
        });
        _one = _sessions[Tuner.Settings.IntraOpThreads];
        _shapes = _one.Shapes;
        if (!_one.OnCpu)
            Tuner.Fix(ExtractionSettings.OnDevice(options, cores));
        if (Tuner.Settings.BatchSize > 1 && _one.BatchObstacle is { } why)
        {
            services.Logger.LogInformation("{Model}: rows run one by one, not {BatchSize} at once: {Why}.", name, Tuner.Settings.BatchSize, why);
            Tuner.Fix(Tuner.Settings with { BatchSize = 1 });
        }

        _ownCache = options.UseCache && services.Cache is null ? new FeatureCache(FeatureTransferPaths.Features) : null;
        _keeper = new FeatureKeeper(FeatureKey.ScopeOf(model.Hash, preparation.Fingerprint), options.UseCache ? services.Cache ?? _ownCache : null, Length, services.Logger);
        _stages = new FeatureStages(preparation, _keeper);
        Pool = new TensorPool(_shapes);
        One = new FeatureOne(Compute, cores);
    }

    public override Preparation Preparation => _preparation;

    public override int[] Shape => [.. _shapes.Features.Select(size => (int)size)];

    public override long RowsComputed => _sessions.RowsComputed;

    public override FeatureOne One { get; }

    public override bool RunsRowsAlone => Tuner.Settings.BatchSize == 1;

    /// <summary>The memory of all batches.</summary>
    public TensorPool Pool { get; }

    /// <summary>How much happens at once.</summary>
    public AutoTuner Tuner { get; }

    public override IEnumerable<FlowRow<T>> Run<T>(IEnumerable<FlowInput<T>> inputs, CancellationToken cancellationToken, long? total = null) =>
        new FeatureFlow(this).Run(inputs, cancellationToken, total);

    /// <summary>Starts a stretch of a flow under the settings of the moment.</summary>
    public FlowLeg<T> StartLeg<T>(IEnumerator<FlowInput<T>> source, long limit, long? total, CancellationToken cancellationToken)
    {
        var settings = Tuner.Settings;
        return new(_stages, _sessions[settings.IntraOpThreads], Pool, settings, source, limit, total, cancellationToken);
    }

    /// <summary>Times the model for the settings that are open.</summary>
    public void Tune(CancellationToken cancellationToken) => Tuner.Tune(_sessions.Open, _shapes.RowLength, cancellationToken);

    public override void Describe(FeatureScope description) => _keeper.Describe(description);

    protected override void Free()
    {
        _sessions.Dispose();
        _ownCache?.Dispose();
    }

    private float[] Compute(ReadOnlyMemory<byte> content, string name)
    {
        var tensors = Pool.Rent(1);
        try
        {
            _preparation.Read(content, tensors.Input(0), name);
            _one.Run(tensors, 1, 1);
            return tensors.Output(0).ToArray();
        }
        finally
        {
            Pool.Return(tensors);
        }
    }
}
