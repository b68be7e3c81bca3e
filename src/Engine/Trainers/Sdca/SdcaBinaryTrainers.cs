using Microsoft.ML.Calibrators;

namespace Microsoft.ML.Trainers;

/// <summary>Logistic regression, trained by dual coordinate ascent.</summary>
public sealed class SdcaLogisticRegressionBinaryTrainer
    : SdcaBinaryTrainerBase<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    internal SdcaLogisticRegressionBinaryTrainer(MLContext context, Options options)
        : base(context, options, new LogLoss(), calibrated: true)
    {
    }

    // The score is the logarithm of the odds: no calibration is to be learnt.
    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> MakeModel(LinearBinaryModelParameters model) =>
        new CalibratedModel<LinearBinaryModelParameters, PlattCalibrator>(model, new(-1, 0));

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : BinaryOptionsBase
    {
        public Options()
        {
        }
    }
}

/// <summary>A linear model of two classes with any loss that has a dual, trained by dual coordinate ascent.</summary>
public sealed class SdcaNonCalibratedBinaryTrainer : SdcaBinaryTrainerBase<LinearBinaryModelParameters>
{
    internal SdcaNonCalibratedBinaryTrainer(MLContext context, Options options)
        : base(context, options, options.LossFunction ?? new LogLoss(), calibrated: false)
    {
    }

    private protected override LinearBinaryModelParameters MakeModel(LinearBinaryModelParameters model) => model;

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : BinaryOptionsBase
    {
        public Options()
        {
        }

        /// <summary>Null is the log-loss.</summary>
        public ISupportSdcaClassificationLoss? LossFunction { get; set; }
    }
}
