using System.Numerics.Tensors;

namespace FeatureTransfer.FineTuning;

/// <summary>The steps of one epoch: batches, gradients, weights.</summary>
internal sealed class EpochSteps(TuningContext context, TuningStage stage, PhaseRun run, TuningState state, DivergenceGuard guard)
{
    private readonly Optimizer _optimizer = Optimizer.Create(stage.Optimizer);
    private readonly int _batches = (run.RowsPerEpoch + context.Options.BatchSize - 1) / context.Options.BatchSize;
    private readonly int _accumulated = context.Options.AccumulationSteps;
    private float[][] _sums = [];
    private int _rows;

    private int StepsPerEpoch => (_batches + _accumulated - 1) / _accumulated;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; private set; }

    /// <summary>Runs the batches that are left of the epoch.</summary>
    /// <param name="tick">Is called after each batch, to keep the time.</param>
    /// <param name="afterStep">Is called after each step but the last.</param>
    /// <param name="lastMetric">The last metric, to tell of.</param>
    public void Run(Action tick, Action afterStep, double? lastMetric)
    {
        var rateAt = Rates();
        foreach (var batch in run.Batches(stage.Index, state.Epoch, state.Batch))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            LearningRate = rateAt(state.Steps);
            var loss = run.Backward(batch, state.Steps / Math.Max(1.0, (double)stage.Epochs * StepsPerEpoch));
            guard.CheckBatch(state.Epoch, state.Batch, loss, 0, LearningRate);
            run.UpdateStatistics();
            Accumulate(batch.Rows);
            state.Batch++;
            state.LossSum += loss * batch.Rows;
            state.LossRows += batch.Rows;
            tick();
            var whole = state.Batch % _accumulated == 0 || state.Batch == _batches;
            if (whole)
                Step();
            Report(lastMetric);
            if (whole && state.Batch < _batches)
                afterStep();
        }
    }

    private Func<long, double> Rates()
    {
        if (stage.Course is { } course)
            return step => course.RateAt(step, StepsPerEpoch, context.Options.BatchSize);
        var schedule = new LearningRateSchedule(context.Options.Schedule, stage.Epochs, StepsPerEpoch);
        var rate = stage.Index > 0 ? state.FoundLearningRate ?? stage.LearningRate : stage.LearningRate;
        return step => rate * schedule.Factor(step);
    }

    // Several batches make one step: the mean over all their rows.
    private void Accumulate(int rows)
    {
        if (_accumulated == 1)
            return;
        if (_rows == 0)
            _sums = [.. run.Parameters.Select(parameter => new float[parameter.Gradient.Length])];
        for (var i = 0; i < _sums.Length; i++)
            TensorPrimitives.MultiplyAdd(run.Parameters[i].Gradient, rows, _sums[i], _sums[i]);
        _rows += rows;
    }

    private void Step()
    {
        for (var i = 0; i < _sums.Length && _rows > 0; i++)
            TensorPrimitives.Multiply(_sums[i], 1f / _rows, run.Parameters[i].Gradient);
        _rows = 0;
        var norm = GradientNorm.Clip(run.Parameters, stage.Optimizer.ClipNorm);
        guard.CheckBatch(state.Epoch, state.Batch, 0, norm, LearningRate);
        state.LargestNorm = Math.Max(state.LargestNorm, norm);
        _optimizer.Step(run.Parameters, LearningRate);
        state.Steps++;
        if (context.Options.EmaDecay > 0)
            WeightAverage.Update(run.Parameters.Concat(run.Statistics), context.Options.EmaDecay, state.Steps);
    }

    private void Report(double? metric)
    {
        var speed = state.LossRows / Math.Max(1e-9, state.Seconds);
        var left = (((stage.Epochs - state.Epoch) * (long)run.RowsPerEpoch) - state.LossRows) / Math.Max(1e-9, speed);
        var progress = new FineTuneProgress(
            stage.Name, state.Epoch + 1, stage.Epochs, state.Batch, _batches, state.MeanLoss, context.Metric.ToString(), metric, LearningRate, speed, TimeSpan.FromSeconds(Math.Min(left, 1e6)));
        context.Progress?.Report(progress);
        context.Services.Progress?.Report(new WorkProgress(progress.ToString(), (state.Epoch * (long)_batches) + state.Batch, stage.Epochs * (long)_batches));
    }
}
