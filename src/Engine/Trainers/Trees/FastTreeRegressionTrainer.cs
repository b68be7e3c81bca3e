using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Boosted trees that predict a number.</summary>
public sealed class FastTreeRegressionTrainer : BoostingFastTreeTrainerBase<
    FastTreeRegressionTrainer.Options, RegressionPredictionTransformer<FastTreeRegressionModelParameters>, FastTreeRegressionModelParameters>
{
    internal FastTreeRegressionTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Regression(options), options)
    {
    }

    /// <summary>Trains with rows to measure by when to stop.</summary>
    public RegressionPredictionTransformer<FastTreeRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        FitFrom(trainData, validationData);

    private protected override RegressionPredictionTransformer<FastTreeRegressionModelParameters> Train(
        DataViewSchema.Column feature, TrainingSet set, TrainingSet? validation)
    {
        var ensemble = Boosting.Train(set, validation, TreeSettings, new SquaresObjective(), TreeSettings.EarlyStoppingMetric);
        return new(new(ensemble, set.Features), feature);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Regression();

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : BoostedTreeOptions
    {
        public Options()
        {
        }

        public EarlyStoppingMetric EarlyStoppingMetric { get; set; } = EarlyStoppingMetric.L1Norm;
    }
}
