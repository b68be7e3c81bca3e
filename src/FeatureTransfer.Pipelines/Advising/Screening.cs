using System.Numerics.Tensors;
using FeatureTransfer.Diagnostics;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using HeadFeatures = FeatureTransfer.Heads.LabelledFeatures;
using RidgeSolver = FeatureTransfer.Heads.RidgeSolver;

namespace FeatureTransfer.Pipelines.Advising;

/// <summary>
/// A ridge classifier over the folds of a pipeline, in place of its chain: over features of frozen networks both rank layers much alike, and it is solved in
/// closed form where a trainer goes over the rows hundreds of times.
/// </summary>
internal static class Screening
{
    /// <summary>The accuracy, of each fold and over all.</summary>
    /// <param name="definition">The pipeline, whose split says how many folds there are.</param>
    /// <param name="table">Its rows.</param>
    /// <param name="features">Their features.</param>
    /// <param name="classes">Their classes.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CrossValidationResult Of(PipelineDefinition definition, Table table, float[][] features, IReadOnlyList<int> classes, CancellationToken cancellation)
    {
        var rows = new HeadFeatures([.. features.SelectMany(row => row)], features[0].Length, [.. classes], classes.Max() + 1);

        // What a feature varies by says nothing of the labels, so all rows may be looked at.
        rows = UnitVariance.Of(rows).Apply(rows);
        return CrossValidation.Summarize([.. LabelledSplit.Folds(definition, table, definition.Seed + 1).Select((split, fold) =>
        {
            // With features of one variance, as much as a row weighs itself.
            var learned = RidgeSolver.Solve(rows.Pick(split.Train), rows.Dimension, cancellation);
            var right = split.Test.Count(row => TensorPrimitives.IndexOfMax<float>(learned.Logits(rows.Row(row))) == rows.Labels[row]);
            return new FoldResult(0, fold, split.Train.Count, split.Test.Count, [new MetricValue("microAccuracy", (double)right / split.Test.Count, HigherIsBetter: true)]);
        })]);
    }
}
