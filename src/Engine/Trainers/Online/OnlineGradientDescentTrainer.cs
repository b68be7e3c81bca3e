using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Linear regression by gradient steps row by row, averaged.</summary>
public sealed class OnlineGradientDescentTrainer
    : AveragedLinearTrainer<RegressionPredictionTransformer<LinearRegressionModelParameters>, LinearRegressionModelParameters>
{
    internal OnlineGradientDescentTrainer(MLContext context, Options options)
        : base(
            context,
            new(TrainerColumns.Features(options.FeatureColumnName), TrainerColumns.NumberLabel(options.LabelColumnName), default),
            options,
            options.LossFunction ?? new SquaredLoss())
    {
    }

    private protected override RegressionPredictionTransformer<LinearRegressionModelParameters> MakeTransformer(
        DataViewSchema.Column feature, float[] weights, float bias) => new(new(weights, bias), feature);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Regression();

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : AveragedLinearOptions
    {
        public Options()
        {
            LearningRate = 0.1f;
            DecreaseLearningRate = true;
        }

        /// <summary>Null is the squared loss.</summary>
        public IRegressionLoss? LossFunction { get; set; }
    }
}
