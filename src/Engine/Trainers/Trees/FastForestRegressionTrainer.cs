using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A forest that predicts the mean of what its trees predict.</summary>
public sealed class FastForestRegressionTrainer : RandomForestTrainerBase<
    FastForestRegressionTrainer.Options, RegressionPredictionTransformer<FastForestRegressionModelParameters>, FastForestRegressionModelParameters>
{
    internal FastForestRegressionTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Regression(options), options)
    {
    }

    /// <summary>Trains; validation rows change nothing, as there is nothing to stop early.</summary>
    public RegressionPredictionTransformer<FastForestRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        FitFrom(trainData, validationData);

    private protected override RegressionPredictionTransformer<FastForestRegressionModelParameters> Train(
        DataViewSchema.Column feature, TrainingSet set, TrainingSet? validation)
    {
        var labels = Array.ConvertAll(set.Labels, y => (double)y);
        if (TreeSettings.ShuffleLabels)
            new Random(TreeSettings.Seed).Shuffle(labels);
        var ensemble = RandomForest.Train(set, TreeSettings, labels, treeWeight: 1.0 / TreeSettings.NumberOfTrees);
        return new(new(ensemble, set.Features), feature);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Regression();

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : FastForestOptionsBase
    {
        /// <summary>Whether labels are put to other rows, to see what is learnt from nothing.</summary>
        public bool ShuffleLabels;

        public Options()
        {
        }
    }
}
