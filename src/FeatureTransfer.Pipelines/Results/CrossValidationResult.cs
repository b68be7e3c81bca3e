namespace FeatureTransfer.Pipelines.Results;

/// <summary>The metrics of a cross-validation.</summary>
/// <param name="Folds">One entry a fold and repetition.</param>
/// <param name="Mean">The means over <paramref name="Folds" />.</param>
/// <param name="Std">The standard deviations over <paramref name="Folds" /> (n - 1 below the fraction line; 0 for one fold).</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldResult> Folds, MetricValues Mean, MetricValues Std);

/// <summary>The metrics of one fold.</summary>
/// <param name="Repeat">The repetition, from 0.</param>
/// <param name="Fold">The fold within the repetition, from 0.</param>
/// <param name="TrainRows">Rows it was trained on.</param>
/// <param name="TestRows">Rows it was judged on.</param>
/// <param name="MicroAccuracy">The share of rows that are right.</param>
/// <param name="MacroAccuracy">The mean over the classes of the share of rows that are right.</param>
/// <param name="LogLoss">The mean negative logarithm of the probability given to the true label; null where the trainer gives no probabilities.</param>
public sealed record FoldResult(int Repeat, int Fold, int TrainRows, int TestRows, double MicroAccuracy, double MacroAccuracy, double? LogLoss);

/// <summary>Three metrics together.</summary>
/// <param name="MicroAccuracy">The share of rows that are right.</param>
/// <param name="MacroAccuracy">The mean over the classes of the share of rows that are right.</param>
/// <param name="LogLoss">The mean negative logarithm of the probability given to the true label; null where the trainer gives no probabilities.</param>
public sealed record MetricValues(double MicroAccuracy, double MacroAccuracy, double? LogLoss);
