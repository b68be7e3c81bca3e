using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Logistic regression, trained by L-BFGS.</summary>
public sealed class LbfgsLogisticRegressionBinaryTrainer : LbfgsTrainerBase<
    LbfgsLogisticRegressionBinaryTrainer.Options,
    BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>,
    CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    internal LbfgsLogisticRegressionBinaryTrainer(MLContext context, Options options)
        : base(context, TrainerColumns.Binary(options), options)
    {
    }

    /// <summary>Trains on from a model.</summary>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> Fit(
        IDataView trainData, LinearModelParameters modelParameters) => FitFrom(trainData, modelParameters);

    private protected override int CountOutputs(DataViewSchema schema) => 1;

    private protected override RowLoss MakeLoss(int outputs) => new LogisticLoss();

    private protected override double[] ParametersOf(object model) => LinearStart.Of(model);

    private protected override BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> MakeTransformer(
        DataViewSchema schema, TrainingSet set, int outputs, LbfgsResult result)
    {
        var statistics = LbfgsOptions.ShowTrainingStatistics ? TrainingStatistics.Binary(set, result, LbfgsOptions) : null;
        var model = new LinearBinaryModelParameters(Floats(result.X.AsSpan(1)), (float)result.X[0], statistics);
        // The score is the logarithm of the odds: no calibration is to be learnt.
        return new(new CalibratedModel<LinearBinaryModelParameters, PlattCalibrator>(model, new(-1, 0)), schema[FeatureColumn.Name]);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Binary(calibrated: true);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>Whether the model keeps <see cref="LinearBinaryModelParameters.Statistics"/>.</summary>
        public bool ShowTrainingStatistics;

        /// <summary>With <see cref="ShowTrainingStatistics"/>, what computes the standard deviations of the weights; null computes none.</summary>
        public ComputeLogisticRegressionStandardDeviation? ComputeStandardDeviation;

        public Options()
        {
        }
    }
}
