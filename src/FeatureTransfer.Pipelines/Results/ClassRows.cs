namespace FeatureTransfer.Pipelines.Results;

/// <summary>How a split spread the rows of a label.</summary>
/// <param name="Label">The label.</param>
/// <param name="TrainRows">Its rows among those that trained the final model.</param>
/// <param name="TestRows">Its rows among those held out.</param>
public sealed record ClassRows(string Label, int TrainRows, int TestRows);
