using FeatureTransfer.Diagnostics;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Adapting;

/// <summary>Trains on rows of the source, adapted or as they are, and judges on rows of the target.</summary>
/// <param name="definition">The chain.</param>
/// <param name="column">Its features.</param>
/// <param name="source">The source's rows.</param>
/// <param name="target">The target's rows whose features are looked at.</param>
/// <param name="test">The target's rows that judge.</param>
/// <param name="build">What building steps needs.</param>
internal sealed class DomainTrial(PipelineDefinition definition, string column, Table source, Table target, Table test, StepBuild build)
{
    // The distance takes time with the square of these.
    private const int DistanceRows = 500;
    private const string Domain = "Domain";
    private const string Weight = "FeatureTransfer.ImportanceWeight";

    /// <summary>Trains on the source as it is.</summary>
    public EvaluationResult? SourceOnly(bool labelled) => Judge(definition, source, test, labelled);

    /// <summary>Trains on adapted features, and measures how far apart the domains are by these.</summary>
    public (EvaluationResult? Result, double Distance) Adapted(IEstimator<ITransformer> adaptation, bool labelled)
    {
        var both = Together();
        var adapted = TableReader.Read(adaptation.Fit(both.Select([.. Enumerable.Range(0, source.Count + target.Count)])).Transform(both), build.Services.Cancellation);
        float[][] features = [.. Enumerable.Range(0, adapted.Count).Select(row => adapted.Values(column, row).ToArray())];
        var (ofSource, ofTest) = (features[..source.Count], features[(source.Count + target.Count)..]);
        return (Judge(definition, source.With(column, ofSource), test.With(column, ofTest), labelled), Distance(ofSource, ofTest));
    }

    /// <summary>Trains on weighted rows.</summary>
    public EvaluationResult? Weighted(IEstimator<ITransformer> weights, bool labelled)
    {
        var both = Together().Select([.. Enumerable.Range(0, source.Count + target.Count)]);
        var weighted = TableReader.Read(weights.Fit(both).Transform(both), build.Services.Cancellation);
        var numbers = weighted.Numbers(Weight)!.Take(source.Count).ToArray();
        var chain = definition with { Estimators = [.. definition.Estimators.Select(step => step is WeightedTrainerStep trainer ? trainer with { ExampleWeightColumn = Weight } : step)] };
        return Judge(chain, source.With(Weight, numbers), test.With(Weight, [.. Enumerable.Repeat(1f, test.Count)]), labelled);
    }

    /// <summary>The column that <see cref="Weighted"/> reads the weights of.</summary>
    public static string WeightColumn => Weight;

    /// <summary>How far apart the domains are as they come.</summary>
    public double Distance() => Distance(Features(source), Features(test));

    private double Distance(float[][] first, float[][] second) =>
        ProxyADistance.Of(new TwoSamples([.. first.Take(DistanceRows)], [.. second.Take(DistanceRows)]), definition.Seed, build.Services.Cancellation);

    private Table Together()
    {
        float[][] features = [.. Features(source), .. Features(target), .. Features(test)];
        return new Table(features.Length).With(column, features).With(Domain, [.. Enumerable.Range(0, features.Length).Select(row => row < source.Count ? "source" : "target")]);
    }

    private float[][] Features(Table table) => [.. Enumerable.Range(0, table.Count).Select(row => table.Values(column, row).ToArray())];

    private EvaluationResult? Judge(PipelineDefinition chain, Table train, Table rows, bool labelled)
    {
        if (!labelled)
            return null;
        var model = ChainModel.Fit(ChainModel.Trained(chain), train, build);
        using var parts = new ModelParts(model);
        var scored = ChainModel.Score(model, rows);
        return TaskRules.Of(chain).Complete(scored).Judge(scored, ChainModel.Inputs(rows), LabelTexts.Of(chain, rows));
    }
}
