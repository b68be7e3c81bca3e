using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What a preview shows: the changes, and how an image becomes a tensor.</summary>
internal sealed record AugmentChoice(AugmentationPlan Plan, ImagePreprocessing Preprocessing)
{
    /// <summary>Reads it from a pipeline, or from JSON.</summary>
    /// <param name="pipeline">The pipeline's file, or null.</param>
    /// <param name="augment">A JSON list or a file with one, where there is no pipeline.</param>
    /// <param name="backbone">The backbone whose preprocessing is used; null for the pipeline's, or a preprocessing of 224 x 224 pixels.</param>
    /// <exception cref="FeatureTransferException">A file is faulty, or the pipeline changes no images.</exception>
    public static AugmentChoice Read(string? pipeline, string? augment, string? backbone)
    {
        if (pipeline is null)
            return new AugmentChoice(Parse(augment!), backbone is null ? new ImagePreprocessing() : PreprocessingOf(backbone));
        var definition = PipelineReader.Read(pipeline);
        var step = definition.Estimators.Flatten().OfType<IAugmentedStep>().FirstOrDefault(step => !step.Augmentation.IsEmpty)
            ?? throw new FeatureTransferException($"{pipeline}: no step has an augmentation. Give a step that trains on images one, or try some by --augment.");
        return new AugmentChoice(step.Augmentation, backbone is null ? step.Preprocessing.Apply(PreprocessingOf(Full(step.Backbone, definition))) : PreprocessingOf(backbone));
    }

    private static AugmentationPlan Parse(string augment)
    {
        if (augment.AsSpan().TrimStart().StartsWith("["))
            return AugmentationJson.Parse(augment, "--augment");
        return File.Exists(augment)
            ? AugmentationJson.Parse(File.ReadAllText(augment), augment)
            : throw new FeatureTransferException($"{augment}: there is no such file. Expected a file with a JSON list of augmentations, or the list itself: [{{\"type\": \"horizontalFlip\"}}].");
    }

    private static string Full(string backbone, PipelineDefinition definition) =>
        backbone.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || backbone.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? definition.Resolve(backbone) : backbone;

    private static ImagePreprocessing PreprocessingOf(string backbone) => FeatureTransferServices.Default.Catalog.Get(backbone).Preprocessing;
}
