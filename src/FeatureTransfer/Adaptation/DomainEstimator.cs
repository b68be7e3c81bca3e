using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Adaptation;

/// <summary>
/// Learns from the features of two domains, and adds a column. What it fits is made of ML.NET's own transformers around a small ONNX graph: model files
/// hold it as such, and it answers a row at a time. A row whose domain is not the source counts as target, also one without a domain.
/// </summary>
public abstract class DomainEstimator : IEstimator<ITransformer>
{
    private readonly DomainOptions _options;
    private readonly FeatureTransferServices _services;

    private protected DomainEstimator(DomainOptions options, FeatureTransferServices? services)
    {
        options.Validate();
        (_options, _services) = (options, services ?? FeatureTransferServices.Default);
    }

    /// <summary>Learns; the rows are read once, into memory, and no label is.</summary>
    /// <param name="input">Rows of both domains.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">A domain has too few rows, a row has another domain, or a feature is not finite.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ITransformer Fit(IDataView input)
    {
        var (maps, dimension) = LearnFrom(input);
        return Chain(DomainGraph.Of(maps.Source, maps.Target, _options.FeatureColumnName, dimension, maps.Length), readsDomain: true).Fit(input);
    }

    /// <summary>Learns as <see cref="Fit"/> does, and gives the maps of the domains apart.</summary>
    private protected (ITransformer Source, ITransformer Target) FitMaps(IDataView input)
    {
        var (maps, dimension) = LearnFrom(input);
        return (Alone(maps.Source), Alone(maps.Target));

        ITransformer Alone(DomainMap map) => Chain(DomainGraph.Of(map, _options.FeatureColumnName, dimension, maps.Length), readsDomain: false).Fit(input);
    }

    private ((DomainMap Source, DomainMap Target, int Length) Maps, int Dimension) LearnFrom(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = input.Schema.Select(column => column.Name).ToList();
        if (input.Schema.GetColumnOrNull(_options.FeatureColumnName)?.Type is not { } type)
            throw Missing(_options.FeatureColumnName, columns);
        if (type is not VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType { RawType: var raw } } || raw != typeof(float))
            throw Unfit(_options.FeatureColumnName, type, "a vector of floats of one length");
        if (input.Schema.GetColumnOrNull(_options.DomainColumnName)?.Type is not { } domain)
            throw Missing(_options.DomainColumnName, columns);
        if (domain is not TextDataViewType)
            throw Unfit(_options.DomainColumnName, domain, "text");
        var rows = DomainRows.Read(input, _options, _services.Cancellation);
        return (Learn(rows, _services.Cancellation), rows.Dimension);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var column in new[] { _options.FeatureColumnName, _options.DomainColumnName }.Where(column => !inputSchema.Any(known => known.Name == column)))
            throw Missing(column, inputSchema.Select(known => known.Name));

        // How long vectors are is not known yet, and no matter.
        return Chain(DomainGraph.Of(new SameMap(), new SameMap(), _options.FeatureColumnName, 1, 1), readsDomain: true).GetOutputSchema(inputSchema);
    }

    /// <summary>The maps of both domains, and the length of what they give.</summary>
    private protected abstract (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation);

    /// <summary>From <see cref="RowGraph.Output"/> to the column that is added.</summary>
    private protected abstract IEstimator<ITransformer> Finish(TransformsCatalog transforms);

    // The custom mapping comes first: it makes ONNX Runtime ready where ML.NET alone reads the model.
    private EstimatorChain<ITransformer> Chain(OnnxModel model, bool readsDomain)
    {
        _ = OnnxRuntimeLibrary.Environment;
        var transforms = new MLContext().Transforms;
        using var graph = new MemoryStream(model.ToBytes());
        var chain = new EstimatorChain<ITransformer>().Append<ITransformer>(transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract));
        if (readsDomain)
            chain = chain.Append<ITransformer>(transforms.Conversion.MapValue(HelperColumns.Domain, [KeyValuePair.Create(_options.Source, 1f)], _options.DomainColumnName));
        string[] domain = readsDomain ? [HelperColumns.Domain] : [];
        return chain
            .Append<ITransformer>(transforms.ApplyOnnxModel([RowGraph.Output], [_options.FeatureColumnName, .. domain], graph))
            .Append(Finish(transforms))
            .Append<ITransformer>(transforms.DropColumns([HelperColumns.Zero, .. domain, RowGraph.Output]));
    }

    private ArgumentOutOfRangeException Missing(string name, IEnumerable<string> columns)
    {
        var known = columns.ToList();
        return new("input", $"{GetType().Name}: there is no column '{name}'.{NearestName.Hint(name, known)} The columns are {string.Join(", ", known)}.");
    }

    private ArgumentOutOfRangeException Unfit(string column, DataViewType type, string expected) => new("input", $"{GetType().Name}: column '{column}' is {type}. Expected {expected}.");
}
