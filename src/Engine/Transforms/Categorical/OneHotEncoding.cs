using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Encodes categories as vectors with a 1 in the category's place.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly EstimatorChain<ITransformer> _chain;

    internal OneHotEncodingEstimator(
        (string Output, string Input)[] columns, OutputKind outputKind, int maximumNumberOfKeys, ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality, IDataView? keyData)
    {
        var keys = new ValueToKeyMappingEstimator(columns, maximumNumberOfKeys, keyOrdinality, asText: true, keyData) { RefusesKeys = true };
        _chain = OneHot.Chain(keys, [.. columns.Select(c => c.Output)], outputKind);
    }

    public OneHotEncodingTransformer Fit(IDataView input) => new(_chain.Fit(input));

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <summary>What comes out: a vector for each value, their sum, the keys, or their bits.</summary>
    public enum OutputKind : byte
    {
        Bag = 1,
        Indicator = 2,
        Key = 3,
        Binary = 4,
    }
}

/// <inheritdoc cref="OneHotEncodingEstimator"/>
public sealed class OneHotEncodingTransformer : ITransformer
{
    internal const string Kind = "one-hot";

    private readonly TransformerChain<ITransformer> _chain;

    internal OneHotEncodingTransformer(TransformerChain<ITransformer> chain)
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

    internal static OneHotEncodingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Load<TransformerChain<ITransformer>>());
    }
}

/// <summary>The chain behind the encodings: values to keys, keys to vectors.</summary>
internal static class OneHot
{
    public static EstimatorChain<ITransformer> Chain(
        IEstimator<ITransformer> keys, string[] columns, OneHotEncodingEstimator.OutputKind outputKind)
    {
        var chain = new EstimatorChain<ITransformer>().Append(keys);
        var pairs = columns.Select(c => (c, c)).ToArray();
        return outputKind switch
        {
            OneHotEncodingEstimator.OutputKind.Key => chain,
            OneHotEncodingEstimator.OutputKind.Binary => chain.Append<ITransformer>(new KeyToBinaryVectorMappingEstimator(pairs)),
            OneHotEncodingEstimator.OutputKind.Bag => chain.Append<ITransformer>(new KeyToVectorMappingEstimator(pairs, outputCountVector: true)),
            OneHotEncodingEstimator.OutputKind.Indicator => chain.Append<ITransformer>(new KeyToVectorMappingEstimator(pairs, outputCountVector: false)),
            _ => throw new ArgumentOutOfRangeException(nameof(outputKind), $"There is no output kind {outputKind}."),
        };
    }
}
