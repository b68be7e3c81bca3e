using Microsoft.ML.Data;

namespace FeatureTransfer.Schema;

/// <summary>
/// Makes a <see cref="SchemaShape"/> of columns, which ML.NET keeps to itself: a chain is fitted whose only part takes down what it is asked.
/// </summary>
internal static class SchemaShapes
{
    /// <summary>The shape of columns.</summary>
    public static SchemaShape Of(DataViewSchema schema)
    {
        var probe = new Probe();
        new EstimatorChain<ITransformer>().Append(probe).Fit(new SchemaOnly(schema));
        return probe.Asked!;
    }

    private sealed class Probe : IEstimator<ITransformer>
    {
        public SchemaShape? Asked { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Asked = inputSchema;
    }
}
