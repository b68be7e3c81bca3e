using FeatureTransfer.FineTuning;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Tells of the backbone that a chain fine-tuned.</summary>
internal static class TunedBackbone
{
    /// <summary>The backbone, for the report; null where the chain does not fine-tune.</summary>
    public static BackboneSummary? Summary(PipelineDefinition definition, StepBuild build, TransformerChain<ITransformer> trained)
    {
        if (definition.Estimators.OfType<FineTuneStep>().FirstOrDefault() is not { } step || trained.OfType<FineTunedTransformer>().FirstOrDefault() is not { } tuned)
            return null;
        var options = FineTuneKinds.Options(step, build);
        var card = build.Services.Catalog.Get(options.Backbone);
        return new BackboneSummary(
            card.Id,
            options.Layers.Count > 0 ? options.Layers : card.DefaultLayers,
            (options.Pooling ?? card.DefaultPooling).ToString().ToLowerInvariant(),
            tuned.FeatureLength,
            card.Licence);
    }
}
