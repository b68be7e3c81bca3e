using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>What <see cref="EvaluationOptions.Calibrate" /> does to the probabilities.</summary>
/// <param name="Temperature">What the trainer's logits are divided by: above 1 it was too sure of itself.</param>
/// <param name="Before">How well the trainer's own probabilities do on the held-out rows; null where none are held out. Scores that are none count by their softmax.</param>
/// <param name="After">How well the calibrated ones do.</param>
public sealed record CalibrationReport(double Temperature, CalibrationMetrics? Before, CalibrationMetrics? After);
