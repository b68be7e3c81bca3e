using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A forest whose trees vote for one of two classes.</summary>
public sealed class FastForestBinaryTrainer : RandomForestTrainerBase<
    FastForestBinaryTrainer.Options, BinaryPredictionTransformer<FastForestBinaryModelParameters>, FastForestBinaryModelParameters>
{
    internal FastForestBinaryTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Binary(options), options)
    {
    }

    /// <summary>Trains; validation rows change nothing, as there is nothing to stop early.</summary>
    public BinaryPredictionTransformer<FastForestBinaryModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        FitFrom(trainData, validationData);

    private protected override BinaryPredictionTransformer<FastForestBinaryModelParameters> Train(
        DataViewSchema.Column feature, TrainingSet set, TrainingSet? validation)
    {
        var votes = Array.ConvertAll(set.Labels, y => y > 0 ? 1.0 : -1.0);
        var ensemble = RandomForest.Train(set, TreeSettings, votes, treeWeight: 1, TreeSettings.MaximumOutputMagnitudePerTree);
        return new(new(ensemble, set.Features), feature);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Binary(calibrated: false);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : FastForestOptionsBase
    {
        /// <summary>The largest value of a leaf.</summary>
        public double MaximumOutputMagnitudePerTree = 100;

        public Options()
        {
        }

        internal override void Verify()
        {
            base.Verify();
            Check.Param(MaximumOutputMagnitudePerTree > 0, nameof(MaximumOutputMagnitudePerTree), "Must be positive.");
        }
    }
}
