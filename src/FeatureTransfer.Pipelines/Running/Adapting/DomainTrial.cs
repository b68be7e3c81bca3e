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
    private const string Domain = "Domain";
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

    /// <summary>How far apart the domains are as they come.</summary>
    public double Distance() => Distance(source, test);

    private double Distance(Table first, Table second) =>
        ProxyADistance.Of(new TwoSamples([.. first.Vectors(column).Take(DistanceRows)], [.. second.Vectors(column).Take(DistanceRows)]), definition.Seed, build.Services.Cancellation);

    private Table Mapped(ITransformer map, Table rows) => TableReader.Read(map.Transform(rows), build.Services.Cancellation);

    private Table Together()
    {
        float[][] features = [.. source.Vectors(column), .. target.Vectors(column)];
        return new Table(features.Length).With(column, features).With(Domain, [.. Enumerable.Range(0, features.Length).Select(row => row < source.Count ? "source" : "target")]);
    }

    private DomainOutcome Judge(PipelineDefinition chain, Table train, Table rows, ITransformer? map)
    {
        if (!labelled)
            return new DomainOutcome(null, LabelFreeTrial.Run(chain, column, train, rows, Fit, build.Services.Cancellation), null, []);
        var model = Fit(train);
        var scored = ChainModel.Score(model, rows);
        var result = TaskRules.Of(chain).Complete(scored).Judge(scored, ChainModel.Inputs(rows), LabelTexts.Of(chain, rows));
        return new DomainOutcome(result, null, map is null ? model : new TransformerChain<ITransformer>([map, .. model]), scored.Labels);

        TransformerChain<ITransformer> Fit(Table table) => ChainModel.Fit(ChainModel.Trained(chain), table, build);
    }
}
