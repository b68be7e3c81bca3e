using FeatureTransfer.Inputs;
using FeatureTransfer.Splits;

namespace FeatureTransfer.FineTuning;

/// <summary>A network that was tuned, and how it went.</summary>
internal sealed record TunedModel(OnnxModel Model, FineTuneSummary Summary);

/// <summary>Linear probing, then fine-tuning: from a graph and rows to a tuned graph.</summary>
internal sealed class Tuner(FineTuneOptions options, TuningModel model, FixedPreparation preparation, FeatureTransferServices services, IProgress<FineTuneProgress>? progress, ITuningObserver? observer = null)
{
    /// <summary>Trains.</summary>
    /// <param name="rows">The rows; those whose image cannot be read are left out and told of.</param>
    /// <exception cref="FeatureTransferException">The rows, a layer or the checkpoint do not fit, or the training diverged.</exception>
    public TunedModel Run(IReadOnlyList<TuningRow> rows)
    {
        if (!ValidationScores.Suits(options.EarlyStopping.Metric, model.Layout.Task))
            throw new FeatureTransferException($"The metric {options.EarlyStopping.Metric} cannot be had for {model.Layout.Task}. Choose another earlyStopping.metric, such as Auto or Loss.");
        TrainingLoss.Check(model.Layout.Task, options.Loss);
        DomainAlignment.Check(model.Layout.Task, options.Alignment);
        var plan = StagePlan.Of(options, model);
        var context = new TuningContext
        {
            Options = options,
            Model = model,
            Preparation = preparation,
            Rows = rows,
            Services = services,
            Progress = progress,
            Observer = observer,
            Cancellation = services.Cancellation,
        };
        using var frozen = FrozenRows.Compute(context, FirstCut(plan), out var usable);
        var target = DomainAlignment.TakeTarget(rows, usable, options.Alignment);
        var (train, validation) = Split(rows, usable);
        if (options.ContinueFrom is null)
            Standardize(rows, frozen.Features, train, target);
        var fingerprint = RunFingerprint.Of(options, rows, model);
        rows = [.. rows.Select(row => row with { Target = LabelScale.Apply(model, row.Target) })];
        var ready = context with
        {
            Rows = rows,
            Train = train,
            Validation = validation,
            Target = target,
            Frozen = frozen,
            ClassWeights = ClassBalance.Weights(options, model, train.Select(row => rows[row].Target)),
        };
        return Run(ready, plan, fingerprint);
    }

    // Where the first layers begin that learn with the head; null where that is the image or the features, and for images that change in each epoch.
    private TuningPart? FirstCut(IReadOnlyList<TuningStage> plan)
    {
        if (plan[^1].Index == 0 || options.IsAugmented || options.Mix is { IsOn: true, Place: MixPlace.Images })
            return null;
        var cut = TuningPart.Of(model, plan[^1].Phases[0].Weights);
        return cut.FromImages || (cut.Inputs is [var only] && only.Name == model.Layout.Features) ? null : cut;
    }

    private TunedModel Run(TuningContext context, IReadOnlyList<TuningStage> plan, RunFingerprint fingerprint)
    {
        using var parameters = new ParameterSet(model, options, [.. plan.SelectMany(stage => stage.Phases).SelectMany(phase => phase.Weights)]);
        var checkpoints = new CheckpointKeeper(options, fingerprint, services.Logger, TimeProvider.System);
        var state = checkpoints.Resume(parameters);
        StageOutcome? frozen = checkpoints.Frozen is { } kept ? new StageOutcome(kept, state.FrozenMetric, state.FrozenLoss, false) : null;
        StageOutcome? tuned = null;
        for (; state.Stage < plan.Count && frozen is not { Cancelled: true }; Next(state, checkpoints))
        {
            var stage = plan[state.Stage];
            var outcome = new StageRun(context, stage, parameters, state, checkpoints).Run();
            parameters.Restore(outcome.Values);
            if (stage.Index > 0)
            {
                tuned = outcome;
                continue;
            }

            (frozen, checkpoints.Frozen) = (outcome, outcome.Values);
            (state.FrozenMetric, state.FrozenLoss) = (outcome.Metric, outcome.Loss);
        }

        var verdict = Verdict.Of(context, frozen, tuned);
        return new TunedModel(Export(frozen?.Values, verdict.KeepTuned ? tuned!.Values : null), Summary(context, state, plan, frozen, tuned, verdict));
    }

    private static void Next(TuningState state, CheckpointKeeper checkpoints)
    {
        state.Stage++;
        state.Steps = 0;
        state.BeginEpoch(0);
        checkpoints.Best = null;
    }

    private (int[] Train, int[] Validation) Split(IReadOnlyList<TuningRow> rows, List<int> usable)
    {
        if (usable.Count == 0)
            throw new FeatureTransferException("Fine-tuning: none of the rows can be used. Check the paths and the rejected rows.");
        if (options.SeparateValidation)
            return Separate(rows, usable);
        if (options.ValidationFraction == 0)
            return ([.. usable], []);
        var groups = options.GroupColumnName is null ? null : usable.Select(row => rows[row].Group!).ToList();
        if ((groups?.Distinct(StringComparer.Ordinal).Count() ?? usable.Count) < 2)
            throw new FeatureTransferException("Fine-tuning: the rows are one group, so none can judge. Give more data, or set validationFraction to 0.");
        var parts = Splitter.Assign([.. usable.Select(row => rows[row].Stratum(model.Layout.Task))], groups, [1 - options.ValidationFraction, options.ValidationFraction], options.Seed);
        return ([.. usable.Where((_, i) => parts[i] == 0)], [.. usable.Where((_, i) => parts[i] == 1)]);
    }

    private static (int[] Train, int[] Validation) Separate(IReadOnlyList<TuningRow> rows, List<int> usable)
    {
        var parts = usable.ToLookup(row => rows[row].Validates);
        return parts.Contains(false) && parts.Contains(true)
            ? ([.. parts[false]], [.. parts[true]])
            : throw new FeatureTransferException($"Fine-tuning: none of the {(parts.Contains(false) ? "validation" : "training")} rows can be used. Check the paths and the rejected rows.");
    }

    private void Standardize(IReadOnlyList<TuningRow> rows, ActivationStore features, int[] train, int[] target)
    {
        LabelScale.Learn(model, train.Select(row => rows[row].Target));
        if (model.Layout.Mean is null)
            return;
        var values = new float[features.Length];
        var (mean, deviation) = Moments.Of(train.Concat(target).Select(row => Read(row)), features.Length);
        var initializers = Initializers.ByName(model.Model.Proto.Graph);
        Initializers.Set(initializers[model.Layout.Mean], mean);
        Initializers.Set(initializers[model.Layout.Scale!], [.. deviation.Select(value => 1 / value)]);

        float[] Read(int row)
        {
            features.Read(row, values);
            return values;
        }
    }

    private OnnxModel Export(params IReadOnlyList<Dictionary<string, float[]>?> outcomes)
    {
        var tuned = new OnnxModel(model.Model.Proto.Clone(), model.Model.Name);
        var initializers = Initializers.ByName(tuned.Proto.Graph);
        foreach (var (name, weights) in outcomes.OfType<Dictionary<string, float[]>>().SelectMany(values => values).Where(pair => initializers.ContainsKey(pair.Key)))
            Initializers.Set(initializers[name], weights);
        return tuned;
    }

    private FineTuneSummary Summary(TuningContext context, TuningState state, IReadOnlyList<TuningStage> plan, StageOutcome? frozen, StageOutcome? tuned, Verdict verdict) => new()
    {
        History = [.. state.History],
        Metric = context.Metric.ToString(),
        HigherIsBetter = ValidationScores.HigherIsBetter(context.Metric),
        FrozenMetric = frozen?.Metric,
        TunedMetric = tuned?.Metric,
        KeptTuned = verdict.KeepTuned,
        Verdict = verdict.Text,
        LearningRateCurve = state.LearningRateCurve,
        LearningRate = state.FoundLearningRate ?? options.LearningRate,
        TrainRows = context.Train.Length,
        ValidationRows = context.Validation.Length,
        TunedWeights = plan.Where(stage => stage.Index > 0).SelectMany(stage => stage.Phases[^1].Weights)
            .Where(weight => !model.Layout.Weights.Contains(weight.Name)).Sum(weight => weight.Shape.Aggregate(1L, (product, size) => product * size)),
        Cancelled = frozen is { Cancelled: true } || tuned is { Cancelled: true },
    };
}
