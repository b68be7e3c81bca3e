namespace FeatureTransfer.FineTuning;

/// <summary>Stops a training that has left the road, and says what to try.</summary>
internal sealed class DivergenceGuard(string phase)
{
    private const double Growth = 20;
    private double? _first;

    /// <summary>Checks a batch.</summary>
    /// <exception cref="TrainingDivergedException">The loss or the gradients are not finite.</exception>
    public void CheckBatch(int epoch, int step, double loss, double norm, double learningRate)
    {
        if (!double.IsFinite(loss))
            throw Diverged(epoch, step, $"the loss is {loss.ToString(CultureInfo.InvariantCulture)}", learningRate);
        if (!double.IsFinite(norm))
            throw Diverged(epoch, step, "the gradients are not finite", learningRate);
    }

    /// <summary>Checks the mean loss of an epoch against the first one's.</summary>
    /// <exception cref="TrainingDivergedException">It is many times as large.</exception>
    public void CheckEpoch(int epoch, int step, double loss, double learningRate)
    {
        _first ??= loss;
        if (loss > 1 && loss > Growth * _first)
            throw Diverged(epoch, step, string.Create(CultureInfo.InvariantCulture, $"the loss grew from {_first:0.###} in the first epoch to {loss:0.###}"), learningRate);
    }

    private TrainingDivergedException Diverged(int epoch, int step, string what, double learningRate) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Fine-tuning ({phase}) stopped in epoch {epoch + 1}, batch {step + 1}: {what}. The learning rate was {learningRate:0.##e+0}. Try a third of it or less, a longer warm-up "
        + $"(schedule.warmUpEpochs), a shorter gradient (optimizer.clipNorm), or let the learning-rate finder choose. If it happens in the first batch, look for labels or weights that are no numbers."));
}
