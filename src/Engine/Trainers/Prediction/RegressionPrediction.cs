namespace Microsoft.ML.Trainers;

/// <summary>The name of a regression's predictions in model files.</summary>
internal static class RegressionPrediction
{
    public const string Kind = "regression-prediction";
}
