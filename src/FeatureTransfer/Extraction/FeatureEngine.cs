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
    private readonly FeatureSession _session;
    private readonly FeatureStages _stages;
    private readonly FeatureCache? _ownCache;
    private readonly ExtractionSettings _settings;

    public FeatureEngine(ExtractFeaturesOptions options, byte[] model, string name, ImageRecipe recipe, FeatureTransferServices services)
    {
        Recipe = recipe;
        var settings = ExtractionSettings.Default(options, Environment.ProcessorCount);
        _session = new FeatureSession(model, name, recipe, new SessionSettings
        {
            Device = services.Device ?? options.Device,
            IntraOpThreads = settings.IntraOpThreads,
            OptimizedFolder = FeatureTransferPaths.Optimized,
            Logger = services.Logger,
        });
        _settings = _session.OnCpu ? settings : ExtractionSettings.OnDevice(options, Environment.ProcessorCount);
        if (_settings.BatchSize > 1 && _session.BatchObstacle is { } why)
        {
            services.Logger.LogInformation("{Model}: images run one by one, not {BatchSize} at once: {Why}.", name, _settings.BatchSize, why);
            _settings = _settings with { BatchSize = 1 };
        }

        _ownCache = options.UseCache && services.Cache is null ? new FeatureCache(FeatureTransferPaths.Features) : null;
        _stages = new FeatureStages(new ImagePreprocessor(recipe), FeatureKey.Scope(model, recipe.Fingerprint), options.UseCache ? services.Cache ?? _ownCache : null, Length);
        Pool = new TensorPool(_session.Shapes);
        Flow = new FeatureFlow(this);
        One = new FeatureOne(_stages, _session, Pool, Environment.ProcessorCount);
    }

    public ImageRecipe Recipe { get; }

    public int Length => _session.Shapes.Length;

    public int[] Shape => [.. _session.Shapes.Features.Select(size => (int)size)];

    /// <summary>How many rows ONNX Runtime computed; the others came from the cache.</summary>
    public long RowsComputed => _session.RowsComputed;

    /// <summary>The memory of all batches.</summary>
    public TensorPool Pool { get; }

    /// <summary>Many inputs.</summary>
    public FeatureFlow Flow { get; }

    /// <summary>One input.</summary>
    public FeatureOne One { get; }

    /// <summary>Starts a stretch of a flow under the setting of the moment.</summary>
    public FlowLeg<T> StartLeg<T>(IEnumerator<FlowInput<T>> source, long? total, CancellationToken cancellationToken) =>
        new(_stages, _session, Pool, _settings, source, long.MaxValue, cancellationToken);

    public void Dispose()
    {
        One.Dispose();
        _session.Dispose();
        _ownCache?.Dispose();
    }
}
