using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeatureTransfer;

/// <summary>What the parts of a run share: where backbones come from, where features are kept, who is told of what.</summary>
public sealed record FeatureTransferServices
{
    private readonly Lazy<ModelCatalog> _catalog = new(ModelCatalog.LoadDefault);
    private readonly ModelCatalog? _ownCatalog;

    /// <summary>The defaults: the cards that come with the library, the user's folders, no log and no progress.</summary>
    public static FeatureTransferServices Default { get; } = new();

    /// <summary>The backbones that are known. Default <see cref="ModelCatalog.LoadDefault"/>, read when it is first asked for.</summary>
    public ModelCatalog Catalog
    {
        get => _ownCatalog ?? _catalog.Value;
        init => _ownCatalog = value;
    }

    /// <summary>Where backbones are kept. Default the folder <see cref="FeatureTransferPaths.Models"/>.</summary>
    public BackboneStore Backbones { get; init; } = new();

    /// <summary>Where features are kept. Default, and null: each transformer opens <see cref="FeatureTransferPaths.Features"/> for itself.</summary>
    public FeatureCache? Cache { get; init; }

    /// <summary>
    /// Whether features of models that are opened are kept at all, whatever the steps say: a server sees other people's data, and seldom twice. Default true.
    /// </summary>
    public bool KeepsFeatures { get; init; } = true;

    /// <summary>What models run on, whatever the steps say. Default, and null: what the steps say.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Reads Parquet files and databases, see the package <c>FeatureTransfer.Sql</c>. Default, and null: none, and sources that need one say so.
    /// </summary>
    public ISqlEngine? Sql { get; init; }

    /// <summary>Says what time it is, for results that are dated. Default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes the log. Default nobody.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Is told how far the work has come. Default nobody.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Is told of rows that cannot be used. Default: a warning in the log each.</summary>
    public IRejectedRowSink? Rejected { get; init; }

    /// <summary>Stops the work.</summary>
    public CancellationToken Cancellation { get; init; }
}
