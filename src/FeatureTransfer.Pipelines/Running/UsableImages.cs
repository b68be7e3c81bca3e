using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>
/// Leaves out the rows whose image a trainer of images could not read, before rows are split. The features that are computed here are
/// those that its head learns from, so with the cache on nothing is done twice.
/// </summary>
internal static class UsableImages
{
    private const string Row = "FineTune.Row";

    /// <summary>The rows that can be used; all of them where the chain learns from features.</summary>
    /// <exception cref="FeatureTransferException">None can.</exception>
    public static Table Of(PipelineDefinition definition, Table table, TrainingImages images, StepBuild build)
    {
        if (definition.Estimators.OfType<IImageTrainerStep>().FirstOrDefault() is not { } step)
            return table;
        var options = step.Training(build);
        var numbered = table.With(Row, [.. Enumerable.Range(0, table.Count).Select(row => (float)row)]);
        var view = images.Beside(numbered, build.Services.Rejected);
        using var features = build.Context.Transforms.ExtractFeatures(
            new ExtractFeaturesOptions
            {
                Backbone = options.Backbone,
                InputColumnName = options.InputColumnName,
                PairColumnName = options.PairColumnName,
                OutputColumnName = "FineTune.Features",
                Layers = options.Layers.Count > 0 ? options.Layers : null,
                Pooling = options.Pooling,
                Preprocessing = options.Preprocessing,
                UseCache = options.UseCache,
                Device = options.Device,
            },
            build.Services).Fit(view);
        var rows = features.Transform(view).GetColumn<float>(Row).Select(row => (int)row).ToList();
        return Kept(definition, table, rows);
    }

    private static Table Kept(PipelineDefinition definition, Table table, IReadOnlyList<int> rows) => rows.Count > 0
        ? table.Select(rows)
        : throw new FeatureTransferException($"{definition.Name}: none of the {table.Count} rows can be used; their images cannot be read.");
}
