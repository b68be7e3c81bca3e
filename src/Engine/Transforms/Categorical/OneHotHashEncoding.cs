using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Encodes categories as vectors with a 1 in the place that a hash of the category gives.</summary>
public sealed class OneHotHashEncodingEstimator : IEstimator<OneHotHashEncodingTransformer>
{
    private readonly EstimatorChain<ITransformer> _chain;

    internal OneHotHashEncodingEstimator(HashingEstimator.ColumnOptions[] columns, OneHotEncodingEstimator.OutputKind outputKind)
    {
        _chain = OneHot.Chain(new HashingEstimator(columns), [.. columns.Select(c => c.Name)], outputKind);
    }

    public OneHotHashEncodingTransformer Fit(IDataView input) => new(_chain.Fit(input));

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _chain.GetOutputSchema(inputSchema);
}

/// <inheritdoc cref="OneHotHashEncodingEstimator"/>
public sealed class OneHotHashEncodingTransformer : ITransformer
{
    internal const string Kind = "one-hot-hash";

    private readonly TransformerChain<ITransformer> _chain;

    internal OneHotHashEncodingTransformer(TransformerChain<ITransformer> chain)
    {
        _chain = chain;
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal IReadOnlyList<ITransformer> Parts => _chain.Parts;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => _chain.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_chain).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Save(_chain);
    }

    internal static OneHotHashEncodingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Load<TransformerChain<ITransformer>>());
    }
}
