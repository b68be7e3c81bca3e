using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    public sealed partial class CalibratorsCatalog
    {
        public PlattCalibratorEstimator Platt(
            string labelColumnName = DefaultColumns.Label, string scoreColumnName = DefaultColumns.Score, string? exampleWeightColumnName = null) =>
            new(labelColumnName, scoreColumnName, exampleWeightColumnName);

        public FixedPlattCalibratorEstimator Platt(double slope, double offset, string scoreColumnName = DefaultColumns.Score) =>
            new(slope, offset, scoreColumnName);

        public NaiveCalibratorEstimator Naive(string labelColumnName = DefaultColumns.Label, string scoreColumnName = DefaultColumns.Score) =>
            new(labelColumnName, scoreColumnName);

        public IsotonicCalibratorEstimator Isotonic(
            string labelColumnName = DefaultColumns.Label, string scoreColumnName = DefaultColumns.Score, string? exampleWeightColumnName = null) =>
            new(labelColumnName, scoreColumnName, exampleWeightColumnName);
    }
}
