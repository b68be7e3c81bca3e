using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Boosted trees that tell two classes apart.</summary>
public sealed class FastTreeBinaryTrainer : BoostingFastTreeTrainerBase<
    FastTreeBinaryTrainer.Options,
    BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>,
    CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>
{
    internal FastTreeBinaryTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Binary(options), options)
    {
    }

    // The slope of the score in the logarithm of the odds.
    private double Steepness => 2 * TreeSettings.LearningRate;

    /// <summary>Trains with rows to measure by when to stop.</summary>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Fit(
        IDataView trainData, IDataView validationData) => FitFrom(trainData, validationData);

    private protected override BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Train(
        DataViewSchema.Column feature, TrainingSet set, TrainingSet? validation)
    {
        if (TreeSettings.UnbalancedSets)
            set = set.WithWeights(ClassWeights.Balanced(set));
        var ensemble = Boosting.Train(set, validation, TreeSettings, new LogisticObjective(Steepness), TreeSettings.EarlyStoppingMetric);
        return new(
            new CalibratedModel<FastTreeBinaryModelParameters, PlattCalibrator>(new(ensemble, set.Features), new(-Steepness, 0)), feature);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Binary(calibrated: true);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : BoostedTreeOptions
    {
        /// <summary>Whether both classes weigh alike in training, however many rows each has.</summary>
        public bool UnbalancedSets;

        public Options()
        {
        }

        public EarlyStoppingMetric EarlyStoppingMetric { get; set; } = EarlyStoppingMetric.L1Norm;
    }
}
