using FeatureTransfer.Schema;

namespace FeatureTransfer.Extraction;

/// <summary>Adds a column of features that a frozen backbone computes from an image. Fitting learns nothing.</summary>
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
        _transformer = new Lazy<ExtractFeaturesTransformer>(Open);
    }

    /// <summary>What to extract.</summary>
    public ExtractFeaturesOptions Options { get; }

    /// <summary>Opens the backbone and checks that the input column is there.</summary>
    /// <param name="input">The rows; none is read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public ExtractFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ExtractFeaturesTransformer.CheckInput(input.Schema, Options);
        return _transformer.Value.For(InputKinds.Of(input.Schema, Options.InputColumnName));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!inputSchema.Any(column => column.Name == Options.InputColumnName))
            throw ExtractFeaturesTransformer.MissingColumn(Options, inputSchema.Select(column => column.Name));
        var added = SchemaColumns.FloatVector(Options.OutputColumnName, _transformer.Value.OutputType);
        return new SchemaShape(inputSchema.Where(column => column.Name != added.Name).Append(added));
    }

    internal ExtractFeaturesTransformer Open()
    {
        var card = _services.Catalog.Get(Options.Backbone).ForImages();
        var backbone = _services.Backbones.Open(card, _services.Cancellation);
        var model = backbone.LoadModel();
        var graph = FeatureGraph.Build(model, backbone.ResolveLayers(model, Options.Layers), Options.Pooling ?? card.DefaultPooling);
        return ExtractFeaturesTransformer.Create(Options, graph, Options.Recipe ?? card.Preprocessing, card.Id, _services);
    }
}
