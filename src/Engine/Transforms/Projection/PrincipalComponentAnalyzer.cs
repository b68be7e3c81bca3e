using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Projects vectors onto the directions in which they differ most.</summary>
public sealed class PrincipalComponentAnalyzer : IEstimator<PrincipalComponentAnalysisTransformer>
{
    private readonly MLContext _context;
    private readonly (string Output, string Input) _columns;
    private readonly string? _weightColumnName;
    private readonly int _rank;
    private readonly int _overSampling;
    private readonly bool _ensureZeroMean;
    private readonly int? _seed;

    internal PrincipalComponentAnalyzer(
        MLContext context, (string Output, string Input) columns, string? weightColumnName, int rank, int overSampling, bool ensureZeroMean, int? seed)
    {
        Check.Param(rank > 0, nameof(rank), "Rank must be positive.");
        Check.Param(overSampling >= 0, nameof(overSampling), "Oversampling must not be negative.");
        _context = context;
        _columns = columns;
        _weightColumnName = weightColumnName;
        _rank = rank;
        _overSampling = overSampling;
        _ensureZeroMean = ensureZeroMean;
        _seed = seed;
    }

    public PrincipalComponentAnalysisTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var features = Check.Column(input.Schema, _columns.Input);
        PrincipalComponentAnalysisTransformer.CheckType(features);
        DataViewSchema.Column? weights = _weightColumnName is null ? null : Check.Column(input.Schema, _weightColumnName, "weight");
        int seed = _seed ?? _context.NextSeed();
        var components = PrincipalComponents.Find(new ComponentRows(input, features, weights), _rank, _overSampling, _ensureZeroMean, seed);
        return new(_columns, Projection.Of(components));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var input = inputSchema.Find(_columns.Input);
        if (input.Kind != SchemaShape.Column.VectorKind.Vector || input.ItemType != NumberDataViewType.Single || input.IsKey)
            throw Check.Mismatch("input", input.Name, "known-size vector of Single of two or more items", input.TypeText());
        if (_weightColumnName is not null)
        {
            var weight = inputSchema.Find(_weightColumnName, "weight");
            if (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.ItemType != NumberDataViewType.Single || weight.IsKey)
                throw Check.Mismatch("weight", weight.Name, "Single", weight.TypeText());
        }
        return inputSchema.With(input.As(_columns.Output, SchemaShape.Empty));
    }
}
