using FeatureTransfer.Diagnostics;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What can be measured of a model on a target without labels: the model learns from most of the source's rows, and the others are weighed.</summary>
internal static class LabelFreeTrial
{
    // Densities and neighbourhoods take time with the square of these.
    private const int MostRows = 500;
    private const double HeldOut = 0.3;

    /// <summary>Measures it.</summary>
    /// <param name="definition">The chain.</param>
    /// <param name="column">Its features.</param>
    /// <param name="source">The source's rows, as the trainer sees them.</param>
    /// <param name="target">The target's, as the trainer sees them.</param>
    /// <param name="fit">Trains on rows.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static LabelFreeScores Run(PipelineDefinition definition, string column, Table source, Table target, Func<Table, ITransformer> fit, CancellationToken cancellation)
    {
        var split = Splitter.HoldOut(RowGroups.Strata(definition, source), RowGroups.Of(definition, source), HeldOut, definition.Seed);
        var (judges, asked) = (source.Select([.. split.Test.Take(MostRows)]), target.Select([.. Enumerable.Range(0, Math.Min(MostRows, target.Count))]));
        var model = fit(source.Select(split.Train));
        var scored = ChainModel.Score(model, judges);
        var right = TaskRules.Of(definition).Complete(scored).Judge(scored, ChainModel.Inputs(judges), LabelTexts.Of(definition, judges)).Predictions.Select(row => row.Label == row.Predicted).ToList();
        float[][] probabilities = [.. ChainModel.Score(model, asked).Rows.Select(row => row.Probabilities)];
        (model as IDisposable)?.Dispose();
        var weighted = ImportanceWeightedAccuracy.Of(DomainClassifier.Ratios(new TwoSamples(judges.Vectors(column), asked.Vectors(column)), cancellation), right);
        return new LabelFreeScores(weighted.Value, weighted.EffectiveRows, PredictionEntropy.Of(probabilities), SoftNeighbourhoodDensity.Of(probabilities, cancellationToken: cancellation));
    }
}
