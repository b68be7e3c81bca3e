namespace Microsoft.ML.Trainers;

/// <summary>The name of anomaly predictions in model files, and the score from which rows are held for unlike the rest.</summary>
internal static class AnomalyPrediction
{
    public const string Kind = "anomaly-prediction";
    public const float DefaultThreshold = 0.5f;
}
