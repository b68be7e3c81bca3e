using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Batching;
using FeatureTransfer.Server.Telemetry;
using FeatureTransfer.Serving;

namespace FeatureTransfer.Server.Models;

/// <summary>A model that is open, with the queues of what it is asked.</summary>
internal sealed class ServedBundle : IServed
{
    private readonly UseCount _uses = new(nameof(ServedBundle));

    /// <summary>Opens a model file.</summary>
    /// <exception cref="FeatureTransferException">It is missing or damaged, no pipeline made it, or it opens files.</exception>
    public ServedBundle(string path, FeatureTransferServerOptions options, FeatureTransferServices services, ServerMetrics metrics)
    {
        Bundle = Bundle.Load(path, services, options.Threshold);
        try
        {
            Items = new BundleItems(Bundle);
        }
        catch (Exception)
        {
            Bundle.Dispose();
            throw;
        }

        var limits = BatchLimits.Of(options, Items.AnswersAlone);
        Opened = options.Clock.GetUtcNow();
        Predictions = new Batcher<BundleItem, Prediction>(Items.Predict, limits, metrics);
        Features = Items.FeatureLength is null ? null : new Batcher<BundleItem, ItemFeatures>(Items.Embed, limits, metrics);
    }

    /// <summary>The model.</summary>
    public Bundle Bundle { get; }

    /// <summary>What it reads.</summary>
    public BundleItems Items { get; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset Opened { get; }

    /// <summary>The queue for answers.</summary>
    public Batcher<BundleItem, Prediction> Predictions { get; }

    /// <summary>The queue for features; null where the model has no frozen backbone.</summary>
    public Batcher<BundleItem, ItemFeatures>? Features { get; }

    /// <inheritdoc/>
    public UseCount.Use Enter() => _uses.Enter();

    /// <inheritdoc/>
    public void Close()
    {
        if (_uses.Close())
            Bundle.Dispose();
    }
}
