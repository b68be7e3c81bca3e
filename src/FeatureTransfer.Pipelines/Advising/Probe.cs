using FeatureTransfer.Diagnostics;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Advising;

/// <summary>Judges features by the pipeline's own chain behind them, cross-validated, and by scores that need no training.</summary>
internal sealed class Probe(PipelineDefinition definition, StepBuild build, TrainingRows rows, int folds)
{
    // The scores take time with the cube of the rows, and say the same of some hundred.
    private const int ScoredRows = 400;

    /// <summary>Whether there is something quicker than the pipeline's own chain, which is so for several classes.</summary>
    public bool CanScreen => definition.Task == PipelineTask.Multiclass;

    /// <summary>Judges layers on the first rows by the pipeline's own chain, or while there are many candidates by <see cref="Screening" />.</summary>
    public AdvisedLayers Judge(LayerFeatures layers, ExtractFeaturesStep step, int count, int round, long size, bool screening)
    {
        var table = rows.Table(0, count);
        var places = table.Numbers(SourceRows.Place)!;
        int[] usable = [.. Enumerable.Range(0, table.Count).Where(row => layers.ByRow.ContainsKey((int)places[row]))];
        if (usable.Length == 0)
            throw new FeatureTransferException($"{definition.Name}: {layers.Backbone} could use none of {table.Count} rows. The first reason: {(build.Services.Rejected as RejectedRowCollector)?.Rows.FirstOrDefault()?.Reason ?? "unknown"}.");
        float[][] features = [.. usable.Select(row => layers.ByRow[(int)places[row]])];
        table = FiniteRows.Of(definition, table.Select(usable).With(step.Output, features), new RejectedRowCollector());
        var classes = Classes(table);
        var scored = classes is not null && table.Count == features.Length ? new LabelledFeatures([.. features.Take(ScoredRows)], [.. classes.Take(ScoredRows)]) : null;
        return new AdvisedLayers
        {
            Backbone = layers.Backbone,
            Layers = layers.Layers,
            Features = features[0].Length,
            Round = round,
            Rows = table.Count,
            Probe = screening && CanScreen && scored is not null
                ? Screening.Of(Validated(definition), table, features, classes!, build.Services.Cancellation)
                : Validate(definition, table),
            LogMe = scored is null ? null : LogMe.Of(scored),
            HScore = scored is null ? null : HScore.Of(scored),
            Neighbours = scored is null ? null : NeighbourAccuracy.Of(scored, groups: RowGroups.Of(definition, table)?.Take(ScoredRows).ToList()),
            SecondsPerRow = layers.SecondsPerRow,
            SizeInBytes = size,
        };
    }

    /// <summary>The chain without a backbone, on the first rows; null where there is nothing to put in its place.</summary>
    public CrossValidationResult? Baseline(int count)
    {
        if (definition.Evaluation.Baseline == FeatureTransfer.Pipelines.Baseline.None)
            return null;
        var plain = BaselineRun.WithoutBackbone(definition, build.Services);
        var view = rows.View(0, count, new RejectedRowCollector(), build.Services.Cancellation);
        return Validate(plain, FrozenRows.Read(plain, view, build));
    }

    private CrossValidationResult Validate(PipelineDefinition chain, Table table)
    {
        var validated = Validated(chain);
        var quiet = build with { Services = build.Services with { Progress = null } };
        var crossValidation = new CrossValidation(validated, quiet, new RunCheckpoints(validated), new TrainingImages(validated, rows.Source, build.Services.Cancellation));
        crossValidation.Run(rows.Rules, table, build.Services.Cancellation);
        return crossValidation.Result!;
    }

    private PipelineDefinition Validated(PipelineDefinition chain) => chain with { Split = chain.Split with { Folds = folds, Repeats = 1 } };

    private List<int>? Classes(Table table)
    {
        if (definition.Task is not (PipelineTask.Multiclass or PipelineTask.Binary))
            return null;
        var labels = LabelTexts.Of(definition, table);
        var numbers = labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select((label, number) => (label, number)).ToDictionary(pair => pair.label, pair => pair.number, StringComparer.Ordinal);
        return numbers.Count < 2 || labels.Take(ScoredRows).Distinct(StringComparer.Ordinal).Take(2).Count() < 2 ? null : [.. labels.Select(label => numbers[label])];
    }
}
