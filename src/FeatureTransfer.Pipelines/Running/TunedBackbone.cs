using FeatureTransfer.FineTuning;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Tells of the backbone of a chain that learns from images.</summary>
internal static class TunedBackbone
{
    /// <summary>The backbone, for the report; null where the chain learns from features.</summary>
    public static BackboneSummary? Summary(PipelineDefinition definition, StepBuild build, TransformerChain<ITransformer> trained)
    {
        if (definition.Estimators.OfType<IImageTrainerStep>().FirstOrDefault() is not { } step || trained.OfType<FineTunedTransformer>().FirstOrDefault() is not { } tuned)
            return null;
        var options = step.Training(build);
        var card = build.Services.Catalog.Get(options.Backbone);
        return new BackboneSummary(
            card.Id,
            options.Layers.Count > 0 ? options.Layers : card.DefaultLayers,
            (options.Pooling ?? card.DefaultPooling).ToString().ToLowerInvariant(),
            tuned.FeatureLength,
            card.Licence);
    }
}
