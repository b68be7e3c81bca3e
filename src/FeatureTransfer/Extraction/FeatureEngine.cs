using System.Security.Cryptography;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Extraction.Tuning;
using FeatureTransfer.Inputs.Images;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction;

/// <summary>Turns inputs into features, many in a flow or one at a time. Safe to use from several threads.</summary>
internal sealed class FeatureEngine : IDisposable
{
    private readonly SessionSet _sessions;
    private readonly RowShapes _shapes;
    private readonly FeatureStages _stages;
    private readonly FeatureCache? _ownCache;

    public FeatureEngine(ExtractFeaturesOptions options, byte[] model, string name, ImageRecipe recipe, FeatureTransferServices services, TuningRule? rule = null)
    {
        Recipe = recipe;
        var cores = Environment.ProcessorCount;
        Tuner = new AutoTuner(options, Convert.ToHexStringLower(SHA256.HashData(model)), services.Logger, cores, new TuningStore(FeatureTransferPaths.Tuning), rule ?? new TuningRule());
        _sessions = new SessionSet(model, name, recipe, new SessionSettings
        {
            Device = services.Device ?? options.Device,
            OptimizedFolder = FeatureTransferPaths.Optimized,
            Logger = services.Logger,
        });
        var session = _sessions[Tuner.Settings.IntraOpThreads];
        _shapes = session.Shapes;
        if (!session.OnCpu)
            Tuner.Fix(ExtractionSettings.OnDevice(options, cores));
        if (Tuner.Settings.BatchSize > 1 && session.BatchObstacle is { } why)
        {
            services.Logger.LogInformation("{Model}: images run one by one, not {BatchSize} at once: {Why}.", name, Tuner.Settings.BatchSize, why);
            Tuner.Fix(Tuner.Settings with { BatchSize = 1 });
        }

        _ownCache = options.UseCache && services.Cache is null ? new FeatureCache(FeatureTransferPaths.Features) : null;
        var preprocessor = new ImagePreprocessor(recipe);
        _stages = new FeatureStages(preprocessor, FeatureKey.Scope(model, recipe.Fingerprint), options.UseCache ? services.Cache ?? _ownCache : null, Length, services.Logger);
        Pool = new TensorPool(_shapes);
        Flow = new FeatureFlow(this);
        One = new FeatureOne(preprocessor, session, Pool, cores);
    }

    public ImageRecipe Recipe { get; }

    public int Length => _shapes.Length;

    public int[] Shape => [.. _shapes.Features.Select(size => (int)size)];

    /// <summary>How many rows ONNX Runtime computed; the others came from the cache.</summary>
    public long RowsComputed => _sessions.RowsComputed;

    /// <summary>The memory of all batches.</summary>
    public TensorPool Pool { get; }

    /// <summary>Many inputs.</summary>
    public FeatureFlow Flow { get; }

    /// <summary>One input.</summary>
    public FeatureOne One { get; }

    /// <summary>How much happens at once.</summary>
    public AutoTuner Tuner { get; }

    /// <summary>Starts a stretch of a flow under the settings of the moment.</summary>
    public FlowLeg<T> StartLeg<T>(IEnumerator<FlowInput<T>> source, long limit, CancellationToken cancellationToken)
    {
        var settings = Tuner.Settings;
        return new(_stages, _sessions[settings.IntraOpThreads], Pool, settings, source, limit, cancellationToken);
    }

    /// <summary>Times the model for the settings that are open.</summary>
    public void Tune(CancellationToken cancellationToken) => Tuner.Tune(_sessions.Open, _shapes.RowLength, cancellationToken);

    /// <summary>Says in the cache what its features are of.</summary>
    public void Describe(FeatureScope description) => _stages.Describe(description);

    /// <summary>Whether it was freed.</summary>
    public bool IsDisposed { get; private set; }

    public void Dispose()
    {
        IsDisposed = true;
        One.Dispose();
        _sessions.Dispose();
        _ownCache?.Dispose();
    }
}
