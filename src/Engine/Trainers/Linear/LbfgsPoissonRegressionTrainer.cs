using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Poisson regression, trained by L-BFGS.</summary>
public sealed class LbfgsPoissonRegressionTrainer : LbfgsTrainerBase<
    LbfgsPoissonRegressionTrainer.Options, RegressionPredictionTransformer<PoissonRegressionModelParameters>, PoissonRegressionModelParameters>
{
    internal LbfgsPoissonRegressionTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Regression(options), options)
    {
    }

    /// <summary>Trains on from a model.</summary>
    public RegressionPredictionTransformer<PoissonRegressionModelParameters> Fit(IDataView trainData, LinearModelParameters linearModel) =>
        FitFrom(trainData, linearModel);

    private protected override void CheckLabels(TrainingSet set)
    {
        int row = Array.FindIndex(set.Labels, y => y < 0);
        if (row >= 0)
            throw new InvalidOperationException($"Poisson regression is for counts: the label of row {row} is {set.Labels[row]}, it must not be negative.");
    }

    private protected override int CountOutputs(DataViewSchema schema) => 1;

    private protected override RowLoss MakeLoss(int outputs) => new PoissonRowLoss();

    private protected override double[] ParametersOf(object model) => LinearStart.Of(model);

    private protected override RegressionPredictionTransformer<PoissonRegressionModelParameters> MakeTransformer(
        DataViewSchema schema, TrainingSet set, int outputs, LbfgsResult result) =>
        new(new(Floats(result.X.AsSpan(1)), (float)result.X[0]), schema[FeatureColumn.Name]);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Regression();

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : OptionsBase
    {
        public Options()
        {
        }
    }
}
