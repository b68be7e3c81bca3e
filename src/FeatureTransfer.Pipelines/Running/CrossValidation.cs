using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Trains and judges over folds of the training rows.</summary>
internal sealed class CrossValidation(PipelineDefinition definition, StepBuild build, RunCheckpoints checkpoints, TrainingImages images)
{
    private readonly List<FoldResult> _folds = [];
    private readonly List<RowScore> _scores = [];
    private readonly List<string> _labels = [];

    /// <summary>The metrics; null where the pipeline asks for none.</summary>
    public CrossValidationResult? Result => _folds.Count == 0 ? null : Summarize(_folds);

    /// <summary>Runs all folds, and gives the rules with the threshold that is best for what was predicted in them.</summary>
    public TaskRules Run(TaskRules rules, Table train, CancellationToken cancellationToken)
    {
        var strata = RowGroups.Strata(definition, train);
        var groups = RowGroups.Of(definition, train);
        for (var repeat = 0; definition.Split.Folds >= 2 && repeat < definition.Split.Repeats; repeat++)
        {
            // Other folds each time; the held-out test used the seed itself.
            var folds = Splitter.Folds(strata, groups, definition.Split.Folds, definition.Seed + 1 + repeat);
            for (var fold = 0; fold < folds.Count; fold++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Fold(rules, repeat, fold, train.Select(folds[fold].Train), train.Select(folds[fold].Test));
                build.Services.Progress?.Report(new WorkProgress("Cross-validating", _folds.Count, (long)folds.Count * definition.Split.Repeats));
            }
        }

        return rules.Choose(_scores, _labels);
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

    private void Fold(TaskRules rules, int repeat, int fold, Table learned, Table judged)
    {
        rules.CheckTrainable(definition.Name, LabelTexts.Of(definition, learned), $"the training rows of fold {fold}");
        var model = ChainModel.Fit(
            ChainModel.Trained(definition),
            images.Beside(rules.Typed(learned, definition.Evaluation.LabelColumn)),
            build with { Checkpoint = checkpoints.Fold(repeat, fold) });
        using var parts = new ModelParts(model);
        var labels = LabelTexts.Of(definition, judged);
        var scored = ChainModel.Score(model, images.Beside(judged));
        var metrics = rules.Judge(scored, ChainModel.Inputs(judged), labels).Metrics;
        _folds.Add(new FoldResult(repeat, fold, learned.Count, judged.Count, metrics));
        _scores.AddRange(scored.Rows);
        _labels.AddRange(labels);
    }
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
