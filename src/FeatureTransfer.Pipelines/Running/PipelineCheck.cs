using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds what a run would stumble over, as far as it shows without the rows. Nothing is fetched.</summary>
internal static class PipelineCheck
{
    /// <summary>Checks the order of the chain, the options of its steps, and their backbones; layers too where a backbone is on this machine.</summary>
    /// <returns>The backbones whose layers were not checked, for they are not on this machine.</returns>
    /// <exception cref="FeatureTransferException">Something is wrong; the message names the step.</exception>
    public static IReadOnlyList<string> Run(PipelineDefinition definition, FeatureTransferServices services)
    {
        var build = new StepBuild(new MLContext(definition.Seed), services, definition.BaseFolder) { Task = definition.Task, Seed = definition.Seed };
        ChainModel.Check(definition);
        BaselineRun.Check(definition);
        var absent = new List<string>();
        ChainModel.CheckSteps(definition, step =>
        {
            NamedEstimator.Of(step, build);
            if (CheckLayers(step, build) is { } backbone)
                absent.Add(backbone);
        });
        return absent;
    }

    // The backbone, where it is not here to be looked into.
    private static string? CheckLayers(PipelineStep step, StepBuild build)
    {
        var (backbone, layers, parts) = step switch
        {
            ExtractFeaturesStep extraction => (build.ResolveBackbone(extraction.Backbone), extraction.Layers, []),
            IImageTrainerStep trainer when trainer.Training(build) is var options => (options.Backbone, options.Layers, options.Unfreeze.Select(part => part.From).Append(options.TrainableFrom).OfType<string>()),
            _ => ("", (IReadOnlyList<string>)[], (IEnumerable<string>)[]),
        };
        if (backbone.Length == 0)
            return null;
        var card = build.Services.Catalog.Get(backbone).ForImages();
        if (!build.Services.Backbones.IsLocal(card))
            return card.Id;
        var opened = build.Services.Backbones.Open(card, build.Services.Cancellation);
        var model = opened.LoadModel();
        GraphCutter.Cut(model, [.. opened.ResolveLayers(model, layers), .. parts.Select(card.ResolveLayer)]);
        return null;
    }
}
