using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>A model that notes the groups of the rows that it is fitted on, one list a fit, and leaves out rows of some groups when it is asked.</summary>
internal sealed class FittedRows(IEstimator<ITransformer> model, params string[] leftOut) : IEstimator<ITransformer>
{
    public List<string[]> Fits { get; } = [];

    public ITransformer Fit(IDataView input)
    {
        Fits.Add([.. input.GetColumn<string>("Group")]);
        return new Model(model.Fit(input), [.. leftOut]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => model.GetOutputSchema(inputSchema);

    private sealed class Model(ITransformer inner, HashSet<string> leftOut) : ITransformer
    {
        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(new MLContext(1).Data.FilterByCustomPredicate<Row>(input, row => leftOut.Contains(row.Group)));

        void ICanSaveModel.Save(ModelSaveContext ctx) => inner.Save(ctx);
    }

    private sealed class Row
    {
        public string Group { get; set; } = "";
    }
}
