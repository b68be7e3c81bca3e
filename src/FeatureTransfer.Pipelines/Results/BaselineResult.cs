namespace FeatureTransfer.Pipelines.Results;

/// <summary>What the same chain gave without a backbone.</summary>
/// <param name="Name">What it learned from instead.</param>
/// <param name="CrossValidation">The cross-validation on the training rows; null where held-out rows judge, or none was asked for.</param>
/// <param name="Test">The result on the same held-out rows; null when none are held out.</param>
public sealed record BaselineResult(string Name, CrossValidationResult? CrossValidation, EvaluationResult? Test);
