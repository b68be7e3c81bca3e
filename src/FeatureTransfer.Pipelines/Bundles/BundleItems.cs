using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs;
using FeatureTransfer.Models;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>What a bundle is asked about, all of it in memory.</summary>
/// <param name="Content">An encoded image or recording; null where the bundle reads none.</param>
/// <param name="Texts">The texts, in the order of <see cref="ItemColumns.Texts"/>.</param>
/// <param name="Numbers">The numbers, in the order of <see cref="ItemColumns.Numbers"/>; one that is missing is not a number.</param>
internal sealed record BundleItem(ReadOnlyMemory<byte>? Content, ValueList<string> Texts, IReadOnlyList<float> Numbers);

/// <summary>What an item has to hold.</summary>
/// <param name="Content">What its encoded file is; null where the bundle reads none.</param>
/// <param name="Texts">The columns of text.</param>
/// <param name="Numbers">The columns of numbers.</param>
/// <param name="MayMissNumbers">Whether numbers may be missing.</param>
internal sealed record ItemColumns(Modality? Content, IReadOnlyList<string> Texts, IReadOnlyList<string> Numbers, bool MayMissNumbers);

/// <summary>Asks a bundle about items in memory. No file is opened by what an item holds: bundles that would are refused.</summary>
internal sealed class BundleItems
{
    private readonly Bundle _bundle;
    private readonly BundleFeatures? _features;
    private readonly string? _group;

    // ML.NET reads a view on threads of its own, which costs a single item more than the model's answer does where the cores are taken.
    private readonly Func<BundleItem, Prediction>? _alone;

    /// <summary>Looks at what the bundle reads.</summary>
    /// <exception cref="FeatureTransferException">It opens files by the paths in a column.</exception>
    public BundleItems(Bundle bundle)
    {
        var definition = PipelineReader.Parse(bundle.Manifest.Pipeline, bundle.Path);
        if (ChainModel.FileReader(definition) is { } loads)
            throw new FeatureTransferException($"{bundle.Path}: {ChainModel.NoFiles(loads, "a request")}");
        if (PathColumn(bundle.Model) is { } column)
            throw new FeatureTransferException($"{bundle.Path}: opens the files that the column {column} names, and requests bring no files. Train with the images in the column {DataSource.PathColumn}, which every source fills.");
        _bundle = bundle;
        Columns = new ItemColumns(
            bundle.Manifest.InputColumns.Contains(DataSource.PathColumn) ? bundle.Modality : null, bundle.Manifest.TextColumns, bundle.Manifest.NumberColumns, FiniteRows.MissingNumbers(definition));
        _group = bundle.Manifest.InputColumns.Contains(DataSource.GroupColumn) ? "" : null;
        _features = BundleFeatures.Of(bundle.Model);
        _alone = Alone(bundle, Columns);
        AnswersAlone = _alone is not null && RunsRowsAlone(bundle.Model);
    }

    /// <summary>What an item has to hold.</summary>
    public ItemColumns Columns { get; }

    /// <summary>How many features an item has, of all backbones together; null where the chain has no frozen backbone.</summary>
    public int? FeatureLength => _features?.Length;

    /// <summary>Whether items are best asked about one by one, on as many threads as there are cores: nothing is gained by several at once.</summary>
    public bool AnswersAlone { get; }

    /// <summary>The answers, one an item, in their order; an item that cannot be read gets its reason.</summary>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<BundleItem> items) =>
        _alone is not null && items is [var only] ? [_alone(only)] : BundleTable.Predict(_bundle, Rows(items), new RejectedRowCollector());

    /// <summary>The features, one an item, in their order; an item that cannot be read gets its reason.</summary>
    /// <exception cref="InvalidOperationException">The chain has no frozen backbone.</exception>
    public IReadOnlyList<ItemFeatures> Embed(IReadOnlyList<BundleItem> items) =>
        (_features ?? throw new InvalidOperationException("The chain has no ExtractFeatures.")).Read(Rows(items));

    private static Func<BundleItem, Prediction>? Alone(Bundle bundle, ItemColumns columns)
    {
        if (columns is { Content: not null, Texts: [], Numbers: [] } && bundle.Single.Binds(encoded: true))
            return item => bundle.Single.Predict("0", item.Content ?? default, CancellationToken.None);
        return bundle.ReadsTexts && bundle.Single.Binds(encoded: false) ? item => bundle.Single.Predict(item.Texts[0], CancellationToken.None) : null;
    }

    private SourceRows Rows(IReadOnlyList<BundleItem> items) => new("the request", [.. items.Select(Row)], Columns.Numbers)
    {
        TextNames = Columns.Texts,
        Content = Columns.Content is null ? null : new ItemContent(items),
    };

    private SourceRow Row(BundleItem item, int number) =>
        new(Columns.Content is null ? null : number.ToString(CultureInfo.InvariantCulture), "", _group, item.Numbers) { Texts = item.Texts, Position = number, Length = item.Content?.Length };

    private static bool RunsRowsAlone(ITransformer model)
    {
        var alone = true;
        ModelChain.Map(model, (part, _) =>
        {
            alone &= part switch
            {
                ExtractFeaturesTransformer extraction => extraction.Engine.RunsRowsAlone,
                FineTunedTransformer network => network.Network.Engine.RunsRowsAlone,
                _ => true,
            };
            return part;
        });
        return alone;
    }

    // Only the column of every source is filled with content; a path in another one would be opened.
    private static string? PathColumn(ITransformer model)
    {
        string? found = null;
        ModelChain.Map(model, (part, _) =>
        {
            found ??= part switch
            {
                ExtractFeaturesTransformer { Preparation.Modality: not Modality.Text } extraction => Other(extraction.Options.InputColumnName),
                FineTunedTransformer { Preparation.Modality: not Modality.Text } network => Other(network.InputColumnName),
                _ => null,
            };
            return part;
        });
        return found;
    }

    private static string? Other(string column) => column == DataSource.PathColumn ? null : column;

    /// <summary>The encoded files of items.</summary>
    private sealed class ItemContent(IReadOnlyList<BundleItem> items) : RowContent
    {
        public override IEnumerable<ReadOnlyMemory<byte>> Read(IReadOnlyList<SourceRow> rows, IRejectedRowSink rejected, CancellationToken cancellationToken) =>
            rows.Select(row => items[(int)row.Position].Content ?? default);
    }
}
