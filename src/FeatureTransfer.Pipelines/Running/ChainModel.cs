using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The chain of a pipeline in two parts: the frozen steps that come first, and the rest, which learns.</summary>
internal static class ChainModel
{
    /// <summary>The steps before the first that learns.</summary>
    public static IReadOnlyList<PipelineStep> Frozen(PipelineDefinition definition) => [.. definition.Estimators.TakeWhile(step => !StepTable.Trains(step))];

    /// <summary>The first step that learns, and all behind it.</summary>
    public static IReadOnlyList<PipelineStep> Trained(PipelineDefinition definition) => [.. definition.Estimators.SkipWhile(step => !StepTable.Trains(step))];

    /// <summary>Checks the order of the chain before any data move.</summary>
    /// <exception cref="FeatureTransferException">No step learns, or a feature extraction stands behind one that does.</exception>
    public static void Check(PipelineDefinition definition)
    {
        var trained = Trained(definition);
        if (trained.Count == 0)
            throw new FeatureTransferException($"{definition.Name}: no step of the chain learns. Map the label with MapValueToKey and end the chain with a trainer, such as LbfgsMaximumEntropy.");
        if (trained.FirstOrDefault(step => step is ExtractFeaturesStep or IImageStep) is { } late)
            throw new FeatureTransferException($"{definition.Name}: {StepTable.NameOf(late)} stands behind {StepTable.NameOf(trained[0])}, which learns. Images and frozen backbones run once over all rows, so move it to the front of the chain.");
    }

    /// <summary>Checks that no step wants files where the source holds the images itself.</summary>
    /// <exception cref="FeatureTransferException">One does; the message names the way out.</exception>
    public static void CheckContent(PipelineDefinition definition, SourceRows rows)
    {
        if (rows.Content is not null && definition.Estimators.FirstOrDefault(step => step is LoadImagesStep or LoadRawImageBytesStep) is { } loads)
            throw new FeatureTransferException($"{definition.Name}: {StepTable.NameOf(loads)} reads files, and the images of {rows.Origin} are no files. Use ExtractFeatures, which takes them as they are, or unpack them.");
    }

    /// <summary>Fits steps one after the other.</summary>
    public static TransformerChain<ITransformer> Fit(IEnumerable<PipelineStep> steps, IDataView rows, StepBuild build)
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (var step in steps)
            chain = chain.Append(StepTable.Create(step, build));
        return chain.Fit(rows);
    }

    /// <summary>Reads predictions: the labels, and label, confidence and scores a row.</summary>
    public static ScoredRows Score(ITransformer model, IDataView rows)
    {
        var scored = model.Transform(rows);
        var column = scored.Schema.GetColumnOrNull("Score") ?? throw new FeatureTransferException("The chain gives no column 'Score'. End it with a trainer, such as LbfgsMaximumEntropy.");
        var labels = Labels(column);
        var scores = scored.GetColumn<float[]>(column).ToList();
        return new ScoredRows(labels, scores);
    }

    private static IReadOnlyList<string> Labels(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (!column.HasSlotNames())
            throw new FeatureTransferException("The column 'Score' names no labels. Map the label with MapValueToKey before the trainer.");
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}

/// <summary>Scores, one vector a row, in the order of the labels.</summary>
internal sealed record ScoredRows(IReadOnlyList<string> Labels, IReadOnlyList<float[]> Scores)
{
    // Single precision adds up to 1 only about.
    private const float SumTolerance = 1e-3f;

    /// <summary>Whether the scores are probabilities: not all trainers give these.</summary>
    public bool AreProbabilities => Scores.All(scores => scores.All(score => score is >= 0 and <= 1 + SumTolerance) && Math.Abs(scores.Sum() - 1) <= SumTolerance);

    /// <summary>The best label of a row and its score.</summary>
    public (string Label, float Confidence) Best(int row)
    {
        var best = Array.IndexOf(Scores[row], Scores[row].Max());
        return (Labels[best], Scores[row][best]);
    }

    /// <summary>The predictions as metrics want them.</summary>
    public EvaluationResult Judge(IReadOnlyList<string> inputs, IReadOnlyList<string> truth)
    {
        var index = Labels.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => pair.i, StringComparer.Ordinal);
        var rows = Scores.Select((_, row) => new PredictionRow(inputs[row], truth[row], Best(row).Label, Best(row).Confidence)).ToList();
        var probabilities = AreProbabilities ? Scores.Select((scores, row) => index.TryGetValue(truth[row], out var label) ? scores[label] : 0.0).ToList() : null;
        return ClassificationMetrics.Evaluate(Labels, rows, probabilities);
    }
}
