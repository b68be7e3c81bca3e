using Microsoft.ML.Calibrators;

namespace Microsoft.ML.Trainers;

/// <summary>Logistic regression, trained by stochastic gradient descent.</summary>
public sealed class SgdCalibratedTrainer : SgdBinaryTrainerBase<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    internal SgdCalibratedTrainer(MLContext context, Options options)
        : base(context, options, new LogLoss(), calibrated: true)
    {
    }

    // The score is the logarithm of the odds: no calibration is to be learnt.
    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> MakeModel(LinearBinaryModelParameters model) =>
        new CalibratedModel<LinearBinaryModelParameters, PlattCalibrator>(model, new(-1, 0));

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : OptionsBase
    {
        public Options()
        {
        }
    }
}

/// <summary>A linear model of two classes with any loss, trained by stochastic gradient descent.</summary>
public sealed class SgdNonCalibratedTrainer : SgdBinaryTrainerBase<LinearBinaryModelParameters>
{
    internal SgdNonCalibratedTrainer(MLContext context, Options options)
        : base(context, options, options.LossFunction ?? new LogLoss(), calibrated: false)
    {
    }

    private protected override LinearBinaryModelParameters MakeModel(LinearBinaryModelParameters model) => model;

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : OptionsBase
    {
        public IClassificationLoss LossFunction = new LogLoss();

        public Options()
        {
        }
    }
}
