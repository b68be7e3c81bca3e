using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Linear regression, trained by dual coordinate ascent.</summary>
public sealed class SdcaRegressionTrainer : SdcaTrainerBase<
    SdcaRegressionTrainer.Options, RegressionPredictionTransformer<LinearRegressionModelParameters>, LinearRegressionModelParameters>
{
    internal SdcaRegressionTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Regression(options), options)
    {
    }

    private protected override SdcaSolver Solve(DataViewSchema schema, TrainingSet set, SdcaSettings settings)
    {
        var solver = new ScalarSdca(set, SdcaOptions.LossFunction ?? new SquaredLoss(), settings);
        solver.Run();
        return solver;
    }

    private protected override RegressionPredictionTransformer<LinearRegressionModelParameters> MakeTransformer(DataViewSchema schema, SdcaSolver solver)
    {
        var weights = solver.Weights[0];
        return new(new(weights.Values, weights.Bias), schema[FeatureColumn.Name]);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Regression();

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : OptionsBase
    {
        public Options()
        {
            ConvergenceTolerance = 0.01f;
            BiasLearningRate = 1;
        }

        /// <summary>Null is the squared loss.</summary>
        public ISupportSdcaRegressionLoss? LossFunction { get; set; }
    }
}
