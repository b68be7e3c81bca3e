using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Int8;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Models;
using FeatureTransfer.Schema;

namespace FeatureTransfer.Extraction;

/// <summary>Adds a column of features that a frozen backbone computes from an image, a text or a recording. Fitting learns nothing but, with <see cref="Precision.Int8"/>, the ranges of the backbone's tensors.</summary>
public sealed class ExtractFeaturesEstimator : IEstimator<ExtractFeaturesTransformer>
{
    private readonly FeatureTransferServices _services;
    private readonly Lazy<ExtractFeaturesTransformer> _transformer;

    /// <summary>Creates the estimator; the backbone is opened when it is first needed.</summary>
    /// <param name="options">What to extract.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ExtractFeaturesEstimator(ExtractFeaturesOptions options, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _services = services ?? FeatureTransferServices.Default;
        _transformer = new Lazy<ExtractFeaturesTransformer>(() => Create(Options, Graph()));
    }

    /// <summary>What to extract.</summary>
    public ExtractFeaturesOptions Options { get; }

    /// <summary>Opens the backbone and checks that the input column is there.</summary>
    /// <param name="input">The rows; with <see cref="Precision.Int8"/> the first are read, else none is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public ExtractFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ExtractFeaturesTransformer.CheckInput(input.Schema, Options);
        var fitted = Options.Precision == Precision.Int8 ? Calibrated(input) : _transformer.Value;
        return (ExtractFeaturesTransformer)((IModelPart)fitted).For(input.Schema);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var wanted in new[] { Options.InputColumnName, Options.PairColumnName }.OfType<string>())
        {
            if (!inputSchema.Any(column => column.Name == wanted))
                throw ExtractFeaturesTransformer.MissingColumn(wanted, inputSchema.Select(column => column.Name));
        }

        var added = SchemaColumns.FloatVector(Options.OutputColumnName, _transformer.Value.OutputType);
        return new SchemaShape(inputSchema.Where(column => column.Name != added.Name).Append(added));
    }

    /// <summary>Opens the backbone for callers who have no rows to fit on.</summary>
    internal ExtractFeaturesTransformer Open() => Options.Precision == Precision.Float32
        ? _transformer.Value
        : throw new FeatureTransferException($"{nameof(Precision)}.{nameof(Precision.Int8)} needs a sample to calibrate on, and there is none here. Give one to {nameof(FeatureExtractor)}, fit an estimator, or stay with floats.");

    /// <summary>Opens the backbone in integers, calibrated on a sample.</summary>
    internal ExtractFeaturesTransformer Open(IEnumerable<FeatureInput> sample)
    {
        var opened = Graph();
        var made = Int8Graph.Of(opened.Graph, opened.Preparation, sample, Options, _services);
        return Create(Options with { Device = Device.Cpu }, opened with { Graph = made });
    }

    private ExtractFeaturesTransformer Calibrated(IDataView input)
    {
        var columns = new InputColumns(Options.InputColumnName, Options.PairColumnName, _services.Catalog.Get(Options.Backbone).Modality);
        using var cursor = input.GetRowCursor(FeatureInputReader.Columns(input.Schema, columns));
        return Open(Rows(cursor, FeatureInputReader.Create(cursor, columns)));
    }

    private static IEnumerable<FeatureInput> Rows(DataViewRowCursor cursor, Func<FeatureInput> read)
    {
        while (cursor.MoveNext())
            yield return read();
    }

    private ExtractFeaturesTransformer Create(ExtractFeaturesOptions options, OpenedBackbone opened) =>
        ExtractFeaturesTransformer.Create(options, opened.Graph, opened.Preparation, opened.Id, _services);

    private OpenedBackbone Graph()
    {
        var card = _services.Catalog.Get(Options.Backbone);
        if (Options.PairColumnName is not null && card.Modality != Modality.Text)
            throw new FeatureTransferException($"{card.Origin}: {nameof(Options.PairColumnName)} is '{Options.PairColumnName}', and the backbone '{card.Id}' takes no text. Leave it out.");
        card.CheckUsable();
        OnnxRuntimeLibrary.LoadAhead();
        var backbone = _services.Backbones.Open(card, _services.Cancellation);
        var preparation = backbone.Prepare(Options.Preprocessing);
        var model = backbone.LoadModel();
        var layers = backbone.ResolveLayers(model, Options.Layers);
        if (preparation is ImagePreparation images)
            model = FreeSize.Apply(model, images.RowShape, layers);
        var graph = FeatureGraph.Build(model, layers, Options.Pooling ?? card.DefaultPooling, preparation.Feeds, Options.UnitLength);
        return new OpenedBackbone(graph, preparation, card.Id);
    }

    private sealed record OpenedBackbone(OnnxModel Graph, Preparation Preparation, string Id);
}
