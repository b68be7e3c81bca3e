using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>A model that counts the rows whose features it is asked for.</summary>
internal sealed class CountedModel(IEstimator<ITransformer> model) : IEstimator<ITransformer>
{
    private int _rows;

    public int Rows { get => _rows; set => _rows = value; }

    public ITransformer Fit(IDataView input) => Counted().Append(model).Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Counted().Append(model).GetOutputSchema(inputSchema);

    // Both feature columns go through, so that whichever the model reads is counted once.
    private IEstimator<ITransformer> Counted()
    {
        var schema = SchemaDefinition.Create(typeof(Both));
        return new MLContext(1).Transforms.CustomMapping<Both, Both>(
            (row, same) =>
            {
                // ML.NET maps rows on several threads.
                Interlocked.Increment(ref _rows);
                (same.Rough, same.Fine) = (row.Rough, row.Fine);
            },
            null,
            schema,
            schema);
    }

    private sealed class Both
    {
        [VectorType(1)]
        public float[] Rough { get; set; } = [];

        [VectorType(2)]
        public float[] Fine { get; set; } = [];
    }
}
