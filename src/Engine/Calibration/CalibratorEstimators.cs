namespace Microsoft.ML.Calibrators;

/// <summary>Learns a logistic function of the score.</summary>
public sealed class PlattCalibratorEstimator : CalibratorEstimatorBase<PlattCalibrator>
{
    internal PlattCalibratorEstimator(string labelColumnName, string scoreColumnName, string? exampleWeightColumnName)
        : base(labelColumnName, scoreColumnName, exampleWeightColumnName)
    {
    }

    private protected override CalibratorTransformer<PlattCalibrator> Learn(IDataView data) =>
        new PlattCalibratorTransformer(PlattFit.Fit(Read(data)), ScoreName);
}

/// <summary>A logistic function of the score whose parameters are given.</summary>
public sealed class FixedPlattCalibratorEstimator : CalibratorEstimatorBase<PlattCalibrator>
{
    private readonly PlattCalibrator _calibrator;

    internal FixedPlattCalibratorEstimator(double slope, double offset, string scoreColumnName)
        : base(null, scoreColumnName, null)
    {
        _calibrator = new(slope, offset);
    }

    private protected override CalibratorTransformer<PlattCalibrator> Learn(IDataView data) => new PlattCalibratorTransformer(_calibrator, ScoreName);
}

/// <summary>Learns a rising function of the score.</summary>
public sealed class IsotonicCalibratorEstimator : CalibratorEstimatorBase<IsotonicCalibrator>
{
    internal IsotonicCalibratorEstimator(string labelColumnName, string scoreColumnName, string? exampleWeightColumnName)
        : base(labelColumnName, scoreColumnName, exampleWeightColumnName)
    {
    }

    private protected override CalibratorTransformer<IsotonicCalibrator> Learn(IDataView data) =>
        new IsotonicCalibratorTransformer(IsotonicFit.Fit(Read(data)), ScoreName);
}

/// <summary>Learns the share of positive rows in bins of the score.</summary>
public sealed class NaiveCalibratorEstimator : CalibratorEstimatorBase<NaiveCalibrator>
{
    internal NaiveCalibratorEstimator(string labelColumnName, string scoreColumnName)
        : base(labelColumnName, scoreColumnName, null)
    {
    }

    private protected override CalibratorTransformer<NaiveCalibrator> Learn(IDataView data) =>
        new NaiveCalibratorTransformer(NaiveFit.Fit(Read(data)), ScoreName);
}
