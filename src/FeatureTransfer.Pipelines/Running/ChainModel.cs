using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The chain of a pipeline in two parts: the frozen steps that come first, and the rest, which learns.</summary>
internal static class ChainModel
{
    /// <summary>The steps before the first that learns.</summary>
    public static IReadOnlyList<PipelineStep> Frozen(PipelineDefinition definition) => [.. definition.Estimators.TakeWhile(step => !StepTable.Trains(step))];

    /// <summary>The first step that learns, and all behind it.</summary>
    public static IReadOnlyList<PipelineStep> Trained(PipelineDefinition definition) => [.. definition.Estimators.SkipWhile(step => !StepTable.Trains(step))];

    /// <summary>Checks the chain before any data move.</summary>
    /// <exception cref="FeatureTransferException">Something is wrong that can be known by now; the message names the first place.</exception>
    public static void Check(PipelineDefinition definition, FeatureTransferServices services)
    {
        if (ChainFaults.Of(definition, services).FirstOrDefault() is { } fault)
            throw new FeatureTransferException($"{definition.Name}: {fault}");
    }

    /// <summary>Checks that no step wants files where the source holds the images itself.</summary>
    /// <exception cref="FeatureTransferException">One does; the message names the way out.</exception>
    public static void CheckContent(PipelineDefinition definition, SourceRows rows)
    {
        if (rows.Content is not null && FileReader(definition) is { } loads)
            throw new FeatureTransferException($"{definition.Name}: {NoFiles(loads, rows.Origin)}");
    }

    /// <summary>The first step that opens files by the paths in a column, and cannot take images as they are; null where there is none.</summary>
    public static PipelineStep? FileReader(PipelineDefinition definition) => definition.Estimators.Flatten().FirstOrDefault(step => step is LoadImagesStep or LoadRawImageBytesStep or CascadeStep);

    /// <summary>Why a step that reads files cannot read the images of an archive or a query.</summary>
    public static string NoFiles(PipelineStep step, string origin) =>
        $"{StepTable.NameOf(step)} reads files, and the images of {origin} are no files. Use ExtractFeatures, which takes them as they are, or unpack them.";

    /// <summary>Fits steps one after the other.</summary>
    public static TransformerChain<ITransformer> Fit(IEnumerable<PipelineStep> steps, IDataView rows, StepBuild build) => new StepChain(steps, build).Fit(rows);

    /// <summary>Asks a model about rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="every">Of how many rows the features of one are kept. Default 0: of none.</param>
    /// <param name="novelty">The column of <see cref="RowScore.Novelty"/>. Default null: none.</param>
    /// <param name="features">The column of <see cref="RowScore.Features"/>. Default null: none.</param>
    public static ScoredRows Score(ITransformer model, IDataView rows, int every = 0, string? novelty = null, string? features = null) => ScoredRows.Of(model.Transform(rows), every, novelty, features);

    /// <summary>What to call rows by: their paths, the beginnings of their texts, or their numbers where they have neither.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="texts">The columns of text, the first of which counts. Default, and null: none.</param>
    public static IReadOnlyList<string> Inputs(Table rows, IReadOnlyList<string>? texts = null) =>
        rows.Text(DataSource.PathColumn)
        ?? (texts is [var first, ..] && rows.Text(first) is { } values ? values.Select(text => InputValue.FromText(text).Name).ToList() : null)
        ?? [.. Enumerable.Range(0, rows.Count).Select(row => string.Create(CultureInfo.InvariantCulture, $"row {row}"))];
}
