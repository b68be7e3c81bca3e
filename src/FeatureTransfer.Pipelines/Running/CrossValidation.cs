using System.Runtime.ExceptionServices;
using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Trains and judges over folds of the training rows.</summary>
internal sealed class CrossValidation(PipelineDefinition definition, StepBuild build, RunCheckpoints checkpoints, TrainingImages images)
{
    private IReadOnlyList<JudgedFold> _folds = [];

    /// <summary>The metrics; null where the pipeline asks for none.</summary>
    public CrossValidationResult? Result => _folds.Count == 0 ? null : Summarize([.. _folds.Select(fold => fold.Result)]);

    /// <summary>What the folds say of the rows that they have not learned from: in each repetition every row once.</summary>
    public IEnumerable<(int Row, IReadOnlyList<string> Labels, RowScore Score)> OutOfFold =>
        _folds.SelectMany(fold => fold.Scored.Rows.Select((score, i) => (fold.Rows[i], fold.Scored.Labels, score)));

    /// <summary>The temperature that calibrates what the folds say, as <see cref="OutOfFold"/> has it by now; null where the pipeline asks for none.</summary>
    public TemperatureScaling? Temperature { get; private set; }

    /// <summary>Runs all folds, and gives the rules with the threshold that is best for what was predicted in them.</summary>
    public TaskRules Run(TaskRules rules, Table train, CancellationToken cancellationToken)
    {
        var folds = Folds(train);
        var judged = new JudgedFold[folds.Count];
        var done = 0;
        try
        {
            Parallel.For(0, folds.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = AtOnce }, i =>
            {
                var (repeat, fold, rows) = folds[i];
                judged[i] = Judge(rules, repeat, fold, train.Select(rows.Train), train.Select(rows.Test), rows.Test);
                build.Services.Progress?.Report(new WorkProgress("Cross-validating", Interlocked.Increment(ref done), folds.Count));
            });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        _folds = judged;
        Temperature = TemperatureFinder.Find(definition, rules, OutOfFold, LabelTexts.Of(definition, train));
        _folds = [.. judged.Select(fold => fold with { Scored = fold.Scored.At(Temperature) })];
        return rules.Choose([.. _folds.SelectMany(fold => fold.Scored.Rows)], [.. _folds.SelectMany(fold => fold.Labels)]);
    }

    // Trainers on features leave cores idle between their passes. Those on images use all that there are, and memory for several at once is not.
    private int AtOnce => ChainModel.Trained(definition).Flatten().Any(step => step is IImageTrainerStep or ExtractFeaturesStep) ? 1 : Math.Min(2, Environment.ProcessorCount);

    private List<(int Repeat, int Fold, SplitRows Rows)> Folds(Table train)
    {
        if (definition.Split.Folds < 2)
            return [];

        // Other folds each time; the held-out test used the seed itself.
        return [.. Enumerable.Range(0, definition.Split.Repeats).SelectMany(repeat => LabelledSplit
            .Folds(definition, train, definition.Seed + 1 + repeat)
            .Select((rows, fold) => (repeat, fold, rows)))];
    }

    /// <summary>Means and standard deviations over folds, of the metrics that all of them have.</summary>
    public static CrossValidationResult Summarize(IReadOnlyList<FoldResult> folds)
    {
        var common = folds[0].Metrics.Where(metric => folds.All(fold => fold.Metrics[metric.Name] is not null)).ToList();
        return new CrossValidationResult(
            folds,
            [.. common.Select(metric => metric with { Value = Values(metric).Average() })],
            [.. common.Select(metric => metric with { Value = Deviation(Values(metric)) })]);

        List<double> Values(MetricValue metric) => [.. folds.Select(fold => fold.Metrics[metric.Name]!.Value)];
    }

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private JudgedFold Judge(TaskRules rules, int repeat, int fold, Table learned, Table judged, IReadOnlyList<int> places)
    {
        var labels = LabelTexts.Of(definition, judged);
        var known = LabelledSplit.Labels(definition, learned);
        rules.CheckTrainable(definition.Name, known, [.. known, .. labels], RowGroups.Of(definition, learned) is not null, $"the training rows of fold {fold}");
        var model = ChainModel.Fit(
            ChainModel.Trained(definition),
            images.Beside(rules.Typed(learned, definition.Evaluation.LabelColumn)),

            // A context hands out random numbers in the order in which it is asked: each fold has its own, so that runs repeat.
            build with { Context = new MLContext(definition.Seed), IsFold = true, Checkpoint = checkpoints.Fold(repeat, fold) });
        using var parts = new ModelParts(model);
        var scored = ChainModel.Score(model, images.Beside(judged), novelty: definition.Evaluation.Unknown?.Column);
        var metrics = rules.Judge(scored, ChainModel.Inputs(judged), labels).Metrics;
        return new JudgedFold(new FoldResult(repeat, fold, learned.Count, judged.Count, metrics), scored, labels, places);
    }

    private sealed record JudgedFold(FoldResult Result, ScoredRows Scored, IReadOnlyList<string> Labels, IReadOnlyList<int> Rows);
}

/// <summary>The parts of a chain that hold something to free, such as the sessions of tuned networks.</summary>
internal sealed class ModelParts(TransformerChain<ITransformer> model) : IDisposable
{
    public void Dispose()
    {
        foreach (var part in model)
            (part as IDisposable)?.Dispose();
    }
}
