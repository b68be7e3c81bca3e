namespace FeatureTransfer.FineTuning;

/// <summary>From an epoch on, which weights learn.</summary>
internal sealed record TuningPhase(int FirstEpoch, IReadOnlyList<TrainableWeight> Weights);

/// <summary>A stage of training: the head alone on frozen features, or layers of the backbone with it.</summary>
/// <param name="Index">0 for the head, 1 for the tuning.</param>
/// <param name="Name">What to call it.</param>
/// <param name="Epochs">Its epochs.</param>
/// <param name="LearningRate">The learning rate before its schedule.</param>
/// <param name="Optimizer">How gradients become steps.</param>
/// <param name="Course">The learning rates instead of <paramref name="LearningRate"/> and the options' schedule; null: these.</param>
/// <param name="Phases">Which weights learn when.</param>
internal sealed record TuningStage(int Index, string Name, int Epochs, double LearningRate, OptimizerOptions Optimizer, ILearningRateCourse? Course, IReadOnlyList<TuningPhase> Phases)
{
    /// <summary>The phase of an epoch.</summary>
    public TuningPhase PhaseAt(int epoch) => Phases.Last(phase => phase.FirstEpoch <= epoch);
}

/// <summary>Plans the stages of a fine-tuning.</summary>
internal static class StagePlan
{
    /// <summary>The stages, in the order in which they run.</summary>
    /// <param name="options">What was asked for, layers already resolved to tensors.</param>
    /// <param name="model">The graph.</param>
    /// <exception cref="FeatureTransferException">A layer or pattern does not fit the graph, or a step of the unfreezing freezes again.</exception>
    public static IReadOnlyList<TuningStage> Of(FineTuneOptions options, TuningModel model)
    {
        var weights = TrainableWeights.Find(model);
        var head = weights.Where(weight => model.Layout.Weights.Contains(weight.Name)).ToList();
        List<TuningStage> stages = [];
        if (options.HeadEpochs > 0 || !options.TunesBackbone)
            stages.Add(new TuningStage(0, "head", Math.Max(1, options.HeadEpochs), options.HeadLearningRate, options.HeadTraining?.Optimizer ?? options.Optimizer, options.HeadTraining?.Course, [new TuningPhase(0, head)]));
        if (options.TunesBackbone)
            stages.Add(new TuningStage(1, "tuning", options.Epochs, options.LearningRate, options.Optimizer, null, Phases(options, model, weights, head)));
        CheckStatistics(options, model, stages);
        return stages;
    }

    private static void CheckStatistics(FineTuneOptions options, TuningModel model, List<TuningStage> stages)
    {
        if (options.BatchStatistics && stages.Find(stage => stage.Index > 0) is { } tuning && NormalizationStatistics.Find(model, tuning.Phases[^1].Weights).Count == 0)
            throw new FeatureTransferException($"{model.Model.Name}: none of the layers that learn is a batch normalization, so there are no statistics to take from batches. Leave batchStatistics out, or name an earlier layer to train from.");
    }

    private static List<TuningPhase> Phases(FineTuneOptions options, TuningModel model, IReadOnlyList<TrainableWeight> weights, IReadOnlyList<TrainableWeight> head)
    {
        List<TuningPhase> phases = [];
        if (options.TrainableFrom is { } from)
            phases.Add(new TuningPhase(0, TrainableWeights.From(model, weights, from)));
        else if (options.TrainablePatterns.Count > 0)
            phases.Add(new TuningPhase(0, TrainableWeights.Fitting(model, weights, options.TrainablePatterns)));
        else if (options.Unfreeze[0].Epoch > 0)
            phases.Add(new TuningPhase(0, head));
        foreach (var step in options.Unfreeze)
            Add(phases, new TuningPhase(step.Epoch, TrainableWeights.From(model, weights, step.From)), model, step);
        if (phases[^1].Weights.Count == head.Count)
            throw new FeatureTransferException($"{model.Model.Name}: from '{options.Unfreeze.LastOrDefault()?.From ?? options.TrainableFrom}' on nothing but the head has weights, so the backbone would not learn. Name an earlier layer, or none to train the head alone.");
        return phases;
    }

    private static void Add(List<TuningPhase> phases, TuningPhase next, TuningModel model, UnfreezeStep step)
    {
        var lost = phases.Count == 0 ? null : phases[^1].Weights.FirstOrDefault(weight => next.Weights.All(kept => kept.Name != weight.Name));
        if (lost is not null)
            throw new FeatureTransferException($"{model.Model.Name}: unfreezing from '{step.From}' in epoch {step.Epoch} would freeze '{lost.Name}' again, which learned before. Let each step begin at an earlier layer than the one before it.");
        if (phases.Count > 0 && phases[^1].FirstEpoch == next.FirstEpoch)
            phases.RemoveAt(phases.Count - 1);
        phases.Add(next);
    }
}
