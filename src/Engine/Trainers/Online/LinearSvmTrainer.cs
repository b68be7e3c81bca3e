using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>A linear support vector machine, trained by Pegasos.</summary>
public sealed class LinearSvmTrainer : OnlineLinearTrainer<BinaryPredictionTransformer<LinearBinaryModelParameters>, LinearBinaryModelParameters>
{
    private readonly Options _options;

    internal LinearSvmTrainer(MLContext context, Options options)
        : base(
            context,
            new(
                TrainerColumns.Features(options.FeatureColumnName),
                TrainerColumns.BooleanLabel(options.LabelColumnName),
                TrainerColumns.Weights(options.ExampleWeightColumnName)),
            options)
    {
        _options = options;
        Check.Param(options.Lambda > 0, nameof(options.Lambda), "Must be positive");
        Check.Param(options.BatchSize > 0, nameof(options.BatchSize), "Must be positive");
    }

    private protected override OnlineState NewState(float[] weights, float bias) => new PegasosState(_options, weights, _options.NoBias ? 0 : bias);

    private protected override BinaryPredictionTransformer<LinearBinaryModelParameters> MakeTransformer(
        DataViewSchema.Column feature, float[] weights, float bias) => new(new(weights, bias), feature);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Binary(calibrated: false);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : OnlineLinearOptions
    {
        /// <summary>The weight of the squares of the weights.</summary>
        public float Lambda = 0.001f;

        public int BatchSize = 1;

        /// <summary>Whether each step brings the weights back into the ball that holds the optimum.</summary>
        public bool PerformProjection;

        public bool NoBias;

        /// <summary>The column of row weights; null weighs all rows alike.</summary>
        public string? ExampleWeightColumnName;

        public Options()
        {
        }
    }
}
