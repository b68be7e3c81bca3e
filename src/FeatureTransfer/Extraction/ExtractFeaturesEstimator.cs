using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Models;
using FeatureTransfer.Schema;

namespace FeatureTransfer.Extraction;

/// <summary>Adds a column of features that a frozen backbone computes from an image, a text or a recording. Fitting learns nothing.</summary>
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
        return (ExtractFeaturesTransformer)((IModelPart)_transformer.Value).For(input.Schema);
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

    internal ExtractFeaturesTransformer Open()
    {
        var card = _services.Catalog.Get(Options.Backbone);
        if (Options.PairColumnName is not null && card.Modality != Modality.Text)
            throw new FeatureTransferException($"{card.Origin}: {nameof(Options.PairColumnName)} is '{Options.PairColumnName}', and the backbone '{card.Id}' takes no text. Leave it out.");
        card.CheckUsable();
        var backbone = _services.Backbones.Open(card, _services.Cancellation);
        var preparation = backbone.Prepare(Options.Preprocessing);
        var model = backbone.LoadModel();
        var layers = backbone.ResolveLayers(model, Options.Layers);
        if (preparation is ImagePreparation images)
            model = FreeSize.Apply(model, images.RowShape, layers);
        var graph = FeatureGraph.Build(model, layers, Options.Pooling ?? card.DefaultPooling, preparation.Feeds, Options.UnitLength);
        return ExtractFeaturesTransformer.Create(Options, graph, preparation, card.Id, _services);
    }
}
