namespace Microsoft.ML.Calibrators;

/// <summary>Turns a score into a probability.</summary>
public interface ICalibrator
{
    float PredictProbability(float output);
}
