using FeatureTransfer.Adaptation;
using FeatureTransfer.Diagnostics;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Trains on rows of the source, adapted or as they are, and judges on rows of the target.</summary>
/// <param name="definition">The chain.</param>
/// <param name="column">Its features.</param>
/// <param name="source">The source's rows.</param>
/// <param name="target">The target's rows whose features are looked at.</param>
/// <param name="test">The target's rows that judge.</param>
/// <param name="labelled">Whether those have labels.</param>
/// <param name="build">What building steps needs.</param>
internal sealed class DomainTrial(PipelineDefinition definition, string column, Table source, Table target, Table test, bool labelled, StepBuild build)
{
    // The distance takes time with the square of these.
    private const int DistanceRows = 500;
    private const string Domain = "Domain", Source = "source", Target = "target";
    private const string Weight = "FeatureTransfer.ImportanceWeight";

    /// <summary>Trains on the source as it is.</summary>
    public DomainOutcome SourceOnly() => Judge(definition, source, test, null);

    /// <summary>Trains on adapted features, and measures how far apart the domains are by these. The model maps as the target is mapped.</summary>
    public DomainOutcome Adapted(AdaptationMethod method)
    {
        var options = new AdaptFeaturesOptions { FeatureColumnName = column, OutputColumnName = column, Method = method, Seed = definition.Seed };
        var maps = build.Context.Transforms.AdaptFeatures(options, build.Services).FitApart(Together());
        using var ofSource = maps.Source as IDisposable;
        var (train, rows) = (Mapped(maps.Source, source), Mapped(maps.Target, test));
        return Judge(definition, train, rows, maps.Target) with { Name = method.ToString(), Distance = Distance(train, rows) };
    }

    /// <summary>Trains on weighted rows.</summary>
    public DomainOutcome Weighted(ImportanceMethod method)
    {
        var options = new ImportanceWeightsOptions { FeatureColumnName = column, OutputColumnName = Weight, Method = method, Seed = definition.Seed };
        var both = Together();
        var weighted = Mapped(build.Context.Transforms.ImportanceWeights(options, build.Services).Fit(both), both);
        var numbers = weighted.Numbers(Weight)!.Take(source.Count).ToArray();
        var chain = definition with { Estimators = [.. definition.Estimators.Select(step => step is WeightedTrainerStep trainer ? trainer with { ExampleWeightColumn = Weight } : step)] };
        return Judge(chain, source.With(Weight, numbers), test, null) with { Name = method.ToString() };
    }

    /// <summary>Trains on the source as it is; the target's features come from other backbones.</summary>
    /// <param name="frozen">The steps with these.</param>
    /// <param name="rows">The rows that judge, behind them.</param>
    public DomainOutcome Normalized(TransformerChain<ITransformer> frozen, Table rows) =>
        Judge(definition, source, rows, null) with { Name = nameof(TargetModel.AdaBN), Distance = Distance(source, rows), Frozen = frozen };

    /// <summary>Trains on labelled rows of the target, with those of the source or alone.</summary>
    public DomainOutcome Labelled(TargetModel model)
    {
        var rows = LabelledTarget(model);
        var outcome = model switch
        {
            TargetModel.TargetOnly => Judge(definition, rows, test, null),
            TargetModel.Joint => Judge(definition, source.Append(rows), test, null),
            _ => Judge(Boosted(), Marked(source, Source).Append(Marked(rows, Target)), test, null),
        };
        return outcome with { Name = model.ToString(), LearnedTarget = rows, LearnedSource = model != TargetModel.TargetOnly };
    }

    /// <summary>Fine-tunes with the domains aligned; labels of the source alone are learned from.</summary>
    public DomainOutcome Aligned(TargetModel model) =>
        Judge(NetworkAlignment.Aligned(definition, model), source, test, null, rows => NetworkAlignment.Together(definition, rows, target)) with { Name = model.ToString() };

    /// <summary>The rows of the target whose labels are learned from.</summary>
    /// <exception cref="FeatureTransferException">They are too few for the model.</exception>
    public Table LabelledTarget(TargetModel model)
    {
        var labels = LabelTexts.Of(target, definition.Evaluation.LabelColumn) ?? [];
        int[] rows = [.. Enumerable.Range(0, labels.Count).Where(row => labels[row].Length > 0)];
        var (needed, classes) = (model == TargetModel.TargetOnly ? 2 : 1, rows.Select(row => labels[row]).Distinct(StringComparer.Ordinal).Count());
        return classes >= needed ? target.Select(rows) : throw new FeatureTransferException(
            $"{definition.Name}: $.target.models: {model} learns from labels of the target, and those of its {target.Count} rows that do not judge have {classes} {(classes == 1 ? "class" : "classes")}. Expected {needed} or more: label more rows, lower target.testFraction, or leave {model} out.");
    }

    /// <summary>How far apart the domains are as they come; null where the chain has no features.</summary>
    public double? Distance() => TargetFaults.MissingFeatures(definition) is null ? Distance(source, test) : null;

    private PipelineDefinition Boosted() => definition with
    {
        Estimators = [.. definition.Estimators.Select(step => step is TrainerStep trainer
            ? new TrAdaBoostStep { LabelColumn = trainer.LabelColumn, FeatureColumn = (trainer as FeatureTrainerStep)?.FeatureColumn ?? column, DomainColumn = Domain, Source = Source }
            : step)],
    };

    private static Table Marked(Table rows, string domain) => rows.With(Domain, [.. Enumerable.Repeat(domain, rows.Count)]);

    private double Distance(Table first, Table second) =>
        ProxyADistance.Of(new TwoSamples([.. first.Vectors(column).Take(DistanceRows)], [.. second.Vectors(column).Take(DistanceRows)]), definition.Seed, build.Services.Cancellation);

    private Table Mapped(ITransformer map, Table rows) => TableReader.Read(map.Transform(rows), build.Services.Cancellation);

    private Table Together()
    {
        float[][] features = [.. source.Vectors(column), .. target.Vectors(column)];
        return new Table(features.Length).With(column, features).With(Domain, [.. Enumerable.Range(0, features.Length).Select(row => row < source.Count ? Source : Target)]);
    }

    // A trainer in the place of the pipeline's may not give it.
    private string? Novelty(ITransformer model, Table rows) =>
        definition.Evaluation.Unknown is { Column: var name } && model.GetOutputSchema(rows.Schema).GetColumnOrNull(name) is not null ? name : null;

    private DomainOutcome Judge(PipelineDefinition chain, Table train, Table rows, ITransformer? map, Func<Table, Table>? beside = null)
    {
        if (!labelled)
            return new DomainOutcome(null, LabelFreeTrial.Run(chain, column, train, rows, Fit, build.Services.Cancellation), null, []);
        var model = Fit(train);
        var scored = ChainModel.Score(model, rows, novelty: Novelty(model, rows));
        var result = TaskRules.Of(chain).Complete(scored).Judge(scored, ChainModel.Inputs(rows), LabelTexts.Of(chain, rows));
        return new DomainOutcome(result, null, map is null ? model : new TransformerChain<ITransformer>([map, .. model]), scored.Labels) { Scored = scored };

        TransformerChain<ITransformer> Fit(Table table) => ChainModel.Fit(ChainModel.Trained(chain), beside?.Invoke(table) ?? table, build);
    }
}
