using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Neighbours;

/// <summary>
/// Adds the names and distances of the nearest among the rows that it is fitted on, for those rows and any others. The search is exact, see
/// <see cref="NeighbourIndex"/>, and what it fits is made of ML.NET's own transformers around an ONNX graph that has the items: model files hold
/// it as such, and it answers a row at a time. For many queries at once, or more than 2 GB of items, use the index itself.
/// </summary>
public sealed class NearestNeighboursEstimator : IEstimator<ITransformer>
{
    // Floats count no further one by one.
    private const int MostNumbered = 1 << 24;

    /// <summary>Creates the estimator.</summary>
    /// <param name="options">The columns, how many neighbours, and the metric.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public NearestNeighboursEstimator(NearestNeighboursOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
    }

    /// <summary>The columns, how many neighbours, and the metric.</summary>
    public NearestNeighboursOptions Options { get; }

    /// <summary>Takes the rows as items.</summary>
    /// <param name="input">The rows; they are read once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">There are no rows, features are not finite, or names repeat that have to differ.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var features = Column(input.Schema, Options.FeatureColumnName);
        var names = Column(input.Schema, Options.NameColumnName);
        if (features.Type is not VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType { RawType: var raw } } || raw != typeof(float))
            throw Unfit(features.Name, features.Type.ToString()!, "a vector of floats of one length");
        if (names.Type is not TextDataViewType)
            throw Unfit(names.Name, names.Type.ToString()!, "text; MapKeyToValue makes it of a key");
        var index = Read(input, features, names);
        if (Options.ExcludeSelf)
            CheckNames(index);
        return Chain(index).Fit(input);
    }

    /// <inheritdoc />
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        string[] columns = [Options.FeatureColumnName, .. Options.ExcludeSelf ? [Options.NameColumnName] : (string[])[]];
        foreach (var column in columns.Where(column => !inputSchema.Any(known => known.Name == column)))
            throw Missing(column, inputSchema.Select(known => known.Name));

        // How long vectors are is not known yet, and no matter.
        var any = new NeighbourIndexBuilder(Options.Metric);
        any.Add("a", [1]);
        any.Add("b", [1]);
        return Chain(any.Build()).GetOutputSchema(inputSchema);
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw Missing(name, schema.Select(column => column.Name));

    private static ArgumentOutOfRangeException Missing(string name, IEnumerable<string> columns)
    {
        var known = columns.ToList();
        return new("input", $"NearestNeighbours: there is no column '{name}'.{NearestName.Hint(name, known)} The columns are {string.Join(", ", known)}.");
    }

    private static ArgumentOutOfRangeException Unfit(string column, string type, string expected) =>
        new("input", $"NearestNeighbours: column '{column}' is {type}. Expected {expected}.");

    private NeighbourIndex Read(IDataView input, DataViewSchema.Column features, DataViewSchema.Column names)
    {
        var builder = new NeighbourIndexBuilder(Options.Metric);
        using var cursor = input.GetRowCursor([features, names]);
        var (readFeatures, readName) = (cursor.GetGetter<VBuffer<float>>(features), cursor.GetGetter<ReadOnlyMemory<char>>(names));
        VBuffer<float> vector = default, dense = default;
        ReadOnlyMemory<char> name = default;
        while (cursor.MoveNext())
        {
            readFeatures(ref vector);
            readName(ref name);
            vector.CopyToDense(ref dense);
            builder.Add(name.ToString(), dense.GetValues());
        }

        return builder.Build();
    }

    private void CheckNames(NeighbourIndex index)
    {
        if (index.Names.CountBy(name => name, StringComparer.Ordinal).FirstOrDefault(name => name.Value > 1) is { Key: { } repeated } found)
            throw new FeatureTransferException($"NearestNeighbours: {found.Value} rows are called '{repeated}' in the column '{Options.NameColumnName}', and with {nameof(Options.ExcludeSelf)} names have to differ. Name a column that tells the rows apart.");
        if (index.Count is < 2 or > MostNumbered)
            throw new FeatureTransferException($"NearestNeighbours: there are {index.Count} rows. With {nameof(Options.ExcludeSelf)} expected 2 to {MostNumbered}.");
    }

    // The custom mapping comes first: it makes ONNX Runtime ready where ML.NET alone reads the model.
    private EstimatorChain<ITransformer> Chain(NeighbourIndex index)
    {
        _ = OnnxRuntimeLibrary.Environment;
        var transforms = new MLContext().Transforms;
        using var graph = new MemoryStream(NeighbourGraph.Of(index, Options).ToBytes());
        var chain = new EstimatorChain<ITransformer>().Append<ITransformer>(transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract));
        if (Options.ExcludeSelf)
            chain = chain.Append<ITransformer>(transforms.Conversion.MapValue(NeighbourGraph.Own, index.Names.Select((name, row) => KeyValuePair.Create(name, row + 1f)), Options.NameColumnName));
        string[] own = Options.ExcludeSelf ? [NeighbourGraph.Own] : [];
        return chain
            .Append<ITransformer>(transforms.ApplyOnnxModel([Options.OutputColumnName, Options.DistancesColumnName], [Options.FeatureColumnName, .. own], graph))
            .Append<ITransformer>(transforms.DropColumns([HelperColumns.Zero, .. own]));
    }
}
