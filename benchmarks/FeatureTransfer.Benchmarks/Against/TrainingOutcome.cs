namespace FeatureTransfer.Benchmarks.Against;

/// <summary>What one side took and found.</summary>
/// <param name="Name">Whose side.</param>
/// <param name="Seconds">Wall-clock time of the training alone, in seconds: the best of three.</param>
/// <param name="PeakMemoryRatio">The most memory that training took beside the data it was given, as a multiple of the data.</param>
/// <param name="Weights">The weights (classes, features).</param>
/// <param name="Biases">The biases (classes).</param>
internal sealed record TrainingOutcome(string Name, double Seconds, double PeakMemoryRatio, float[][] Weights, float[] Biases);
