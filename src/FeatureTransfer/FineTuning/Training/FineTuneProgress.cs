namespace FeatureTransfer.FineTuning;

/// <summary>How far fine-tuning has come.</summary>
/// <param name="Phase">The phase: <c>head</c> or <c>tuning</c>.</param>
/// <param name="Epoch">The epoch of the phase, from 1.</param>
/// <param name="Epochs">The epochs of the phase.</param>
/// <param name="Step">The batches done of the epoch.</param>
/// <param name="Steps">The batches of the epoch.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="MetricName">The metric that decides.</param>
/// <param name="Metric">Its last value on the validation rows; null before the first.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="RowsPerSecond">Images a second in this epoch.</param>
/// <param name="TimeLeft">About how long the phase will take from here.</param>
public readonly record struct FineTuneProgress(
    string Phase, int Epoch, int Epochs, int Step, int Steps, double Loss, string MetricName, double? Metric, double LearningRate, double RowsPerSecond, TimeSpan TimeLeft)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var metric = Metric is { } value ? string.Create(CultureInfo.InvariantCulture, $", {MetricName} {value:0.####}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Fine-tuning ({Phase}), epoch {Epoch} of {Epochs}: loss {Loss:0.####}{metric}, learning rate {LearningRate:0.##e+0}, {RowsPerSecond:0} images/s, {TimeLeft:hh\\:mm\\:ss} left");
    }
}
