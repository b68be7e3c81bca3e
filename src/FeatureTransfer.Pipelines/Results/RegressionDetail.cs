namespace FeatureTransfer.Pipelines.Results;

/// <summary>What a report shows of a task whose answer is a number.</summary>
/// <param name="Predictions">One entry a row.</param>
public sealed record RegressionDetail(IReadOnlyList<NumberPrediction> Predictions);

/// <summary>The number predicted for one row whose number is known.</summary>
/// <param name="Input">The row's input, as a path.</param>
/// <param name="Truth">The true number.</param>
/// <param name="Predicted">The number predicted.</param>
public sealed record NumberPrediction(string Input, double Truth, double Predicted);
