using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.FineTuning;

/// <summary>What a stage gave.</summary>
/// <param name="Values">The weights that it ends with.</param>
/// <param name="Metric">Their metric on the validation rows; null without any.</param>
/// <param name="Loss">Their loss on the validation rows; null without any.</param>
/// <param name="Cancelled">Whether it was stopped from outside.</param>
internal sealed record StageOutcome(Dictionary<string, float[]> Values, double? Metric, double? Loss, bool Cancelled);

/// <summary>Runs the epochs of a stage, from wherever the state stands.</summary>
internal sealed class StageRun(TuningContext context, TuningStage stage, ParameterSet parameters, TuningState state, CheckpointKeeper checkpoints)
{
    private readonly EarlyStopping _stopping = new(context.Options.EarlyStopping, ValidationScores.HigherIsBetter(context.Metric));
    private readonly DivergenceGuard _guard = new(stage.Name);
    private Dictionary<string, float[]>? _best = checkpoints.Best;

    /// <summary>Trains until the epochs are over, nothing gets better any more, or somebody stops it.</summary>
    public StageOutcome Run()
    {
        Replay();
        PhaseRun? run = null;
        try
        {
            var first = state.Epoch;
            while (state.Epoch < stage.Epochs && !_stopping.IsOver)
            {
                var phase = stage.PhaseAt(state.Epoch);
                if (run?.Phase != phase)
                {
                    run?.Dispose();
                    run = new PhaseRun(context, stage, phase, parameters);
                    FindLearningRate(run);
                }

                if (state.Epoch > first || state.Batch == 0)
                    state.BeginEpoch(state.Epoch);
                Epoch(run);
                state.BeginEpoch(state.Epoch + 1);
                checkpoints.AfterEpoch(state, parameters, _best, state.Epoch >= stage.Epochs || _stopping.IsOver);
            }

            return Outcome(false);
        }
        catch (OperationCanceledException) when (_best is not null || state.Epoch > 0 || checkpoints.Frozen is not null)
        {
            context.Services.Logger.LogWarning("Fine-tuning ({Stage}) was stopped in epoch {Epoch}; what was best until then is kept.", stage.Name, state.Epoch + 1);
            return Outcome(true);
        }
        finally
        {
            run?.Dispose();
        }
    }

    // The epochs that a checkpoint tells of are looked at again, so that patience and the best are as they were.
    private void Replay()
    {
        foreach (var epoch in state.History.Where(epoch => epoch.Phase == stage.Name))
        {
            _guard.CheckEpoch(epoch.Epoch, 0, epoch.TrainLoss, epoch.LearningRate);
            if (epoch is { Metric: { } metric, ValidationLoss: { } loss })
                _stopping.Observe(epoch.Epoch - 1, metric, loss);
        }
    }

    private void FindLearningRate(PhaseRun run)
    {
        if (stage.Index == 0 || !context.Options.LearningRateFinder.Enabled || state.FoundLearningRate is not null)
            return;
        state.LearningRateCurve = LearningRateFinder.Run(context, run, out var found);
        state.FoundLearningRate = found;
        context.Services.Logger.LogInformation("The learning-rate finder chose {LearningRate}.", found);
    }

    private void Epoch(PhaseRun run)
    {
        var watch = Stopwatch.StartNew();
        var before = state.Seconds;
        var steps = new EpochSteps(context, stage, run, state, _guard);
        steps.Run(() => state.Seconds = before + watch.Elapsed.TotalSeconds, () => checkpoints.AfterStep(state, parameters, _best), LastMetric());
        var trained = state.Seconds;
        var scores = run.Validate();
        state.Seconds = before + watch.Elapsed.TotalSeconds;
        _guard.CheckEpoch(state.Epoch, state.Batch, state.MeanLoss, steps.LearningRate);
        var entry = new TrainingEpoch(
            stage.Name, state.Epoch + 1, steps.LearningRate, state.MeanLoss, scores?.Loss(), scores?.Metric(context.Metric), state.LargestNorm, run.Weights, state.Seconds, state.LossRows / Math.Max(1e-9, trained));
        state.History.Add(entry);
        if (entry is { Metric: { } metric, ValidationLoss: { } loss } && _stopping.Observe(state.Epoch, metric, loss))
            _best = parameters.Snapshot(_best);
        context.Observer?.Ended(entry, scores, run.CanJudgeTraining ? run.JudgeTraining : null);
        context.Services.Logger.LogInformation("Fine-tuning ({Stage}), epoch {Epoch}: loss {Loss}, validation loss {ValidationLoss}, {MetricName} {Metric}.", stage.Name, entry.Epoch, entry.TrainLoss, entry.ValidationLoss, context.Metric, entry.Metric);
    }

    private double? LastMetric() => state.History.LastOrDefault(epoch => epoch.Phase == stage.Name)?.Metric;

    private StageOutcome Outcome(bool cancelled)
    {
        var last = state.History.LastOrDefault(epoch => epoch.Phase == stage.Name);
        return context.Options.EarlyStopping.RestoreBest && _best is not null
            ? new StageOutcome(_best, _stopping.BestMetric, _stopping.BestLoss, cancelled)
            : new StageOutcome(parameters.Snapshot(), last?.Metric, last?.ValidationLoss, cancelled);
    }
}
