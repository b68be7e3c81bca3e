using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>
/// Leaves out the rows that a part of the chain which learns could not read, such as a trainer of images, before rows are split. The features that
/// are computed here are those that it learns from, so with the cache on nothing is done twice.
/// </summary>
internal static class UsableImages
{
    private const string Row = "FineTune.Row";

    /// <summary>The rows that can be used; all of them where all that learns has features already.</summary>
    /// <exception cref="FeatureTransferException">None can.</exception>
    public static Table Of(PipelineDefinition definition, Table table, TrainingImages images, StepBuild build) =>
        ChainModel.Trained(definition).Flatten().Aggregate(table, (rows, step) => Reader(step, rows, build) is { } reader ? Read(definition, rows, images, reader, build) : rows);

    // What reads the inputs of a step; null where it reads none.
    private static IEstimator<ITransformer>? Reader(PipelineStep step, Table table, StepBuild build) => step switch
    {
        ExtractFeaturesStep extract when table.Text(extract.Input) is not null => StepTable.Create(extract, build),
        CascadeStep cascade when table.Text(cascade.Input) is not null => StepTable.Create(cascade, build),
        IImageTrainerStep trainer => Reader(trainer.Training(build), build),
        _ => null,
    };

    private static ExtractFeaturesEstimator Reader(FineTuneOptions options, StepBuild build) => build.Context.Transforms.ExtractFeatures(
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
        build.Services);

    private static Table Read(PipelineDefinition definition, Table table, TrainingImages images, IEstimator<ITransformer> reader, StepBuild build)
    {
        var view = images.Beside(table.With(Row, [.. Enumerable.Range(0, table.Count).Select(row => (float)row)]), build.Services.Rejected);
        var features = reader.Fit(view);
        using var session = features as IDisposable;
        var rows = features.Transform(view).GetColumn<float>(Row).Select(row => (int)row).ToList();
        return rows.Count > 0
            ? table.Select(rows)
            : throw new FeatureTransferException($"{definition.Name}: none of the {table.Count} rows can be used; their images cannot be read.");
    }
}
