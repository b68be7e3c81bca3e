using System.Text.Json;
using FeatureTransfer.Models;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Writes bundles: model files of the whole chain, with what there is to say of the pipeline.</summary>
internal static class BundleWriter
{
    /// <summary>The entry with the manifest, within the folder that ML.NET passes over.</summary>
    public const string ManifestName = "pipeline.json";

    /// <summary>Writes a bundle; the file appears when it is whole.</summary>
    public static void Write(string path, PipelineDefinition definition, RunResult result, string fingerprint, byte[] trainingRows, DriftSample? sample, TransformerChain<ITransformer> frozen, DataViewSchema source, TransformerChain<ITransformer> trained)
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(Manifest(definition, result, fingerprint, source), ModelManifest.Json);
        var writer = new ModelFileWriter(new MLContext().Model).Attach(ManifestName, manifest).Attach(RowKeys.EntryName, trainingRows);
        if (sample is not null)
            writer.Attach(DriftSample.EntryName, sample.ToBytes());
        writer.Write(path, new TransformerChain<ITransformer>([.. frozen, .. trained]), source);
    }

    private static BundleManifest Manifest(PipelineDefinition definition, RunResult result, string fingerprint, DataViewSchema source) => new()
    {
        Name = result.Name,
        Created = result.Started,
        Task = result.Task,
        Labels = result.Labels,
        Threshold = result.Threshold,
        Limits = result.Limits,
        Temperature = result.Calibration?.Temperature,
        PositiveLabel = definition.Evaluation.PositiveLabel,
        LabelSeparator = definition.Evaluation.LabelSeparator,
        Pipeline = result.Pipeline,
        InputColumns = [.. source.Where(column => column.Type is TextDataViewType && (column.Name != DataSource.PathColumn || ReadsFiles(definition))).Select(column => column.Name)],
        NumberColumns = [.. source.Where(column => column.Type is NumberDataViewType).Select(column => column.Name)],
        DataFingerprint = fingerprint,
        CrossValidation = result.CrossValidation?.Mean,
        CrossValidationStd = result.CrossValidation?.Std,
        Test = result.Test?.Metrics,
        TrainRows = result.TrainRows,
        Versions = result.Versions,
    };

    // A text in a file has a path too, which nothing reads any more.
    private static bool ReadsFiles(PipelineDefinition definition) => definition.Estimators.Flatten().Any(step => StepColumns.Read(step).Contains(DataSource.PathColumn));
}
