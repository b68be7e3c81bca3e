using FeatureTransfer.Backbones;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The pipeline once more with pixels in the place of the backbone's features, on the same split.</summary>
internal static class BaselineRun
{
    /// <summary>What is wrong where there is no backbone to leave out, or null.</summary>
    public static string? Fault(PipelineDefinition definition) =>
        definition.Evaluation.Baseline == Baseline.RawPixels && !definition.Estimators.Any(step => step is ExtractFeaturesStep)
            ? "it is 'rawPixels', which takes the place of ExtractFeatures, and the chain has no such step. Set it to 'none'"
            : null;

    /// <summary>Runs it; null where the pipeline asks for none.</summary>
    public static BaselineResult? Run(PipelineDefinition definition, FeatureTransferServices services)
    {
        if (definition.Evaluation.Baseline != Baseline.RawPixels)
            return null;

        // The run of the pipeline itself has reported what cannot be read.
        var runner = new PipelineRunner(services with { Rejected = new RejectedRowCollector() });
        var result = runner.RunAsync(WithoutBackbone(definition), services.Cancellation).GetAwaiter().GetResult();
        return new BaselineResult("raw pixels", result.CrossValidation, result.Test);
    }

    private static PipelineDefinition WithoutBackbone(PipelineDefinition definition) => definition with
    {
        Name = $"{definition.Name}, raw pixels",
        Estimators = [.. definition.Estimators.Select(step => step is ExtractFeaturesStep extract ? Pixels(extract) : step)],
        Evaluation = definition.Evaluation with { Baseline = Baseline.None },

        // Where held-out rows judge, that comparison is enough.
        Split = definition.Split.TestFraction > 0 ? definition.Split with { Folds = 0 } : definition.Split,
        Outputs = new OutputOptions { Folder = definition.Outputs.Folder, Bundle = null, Report = null, Predictions = null, Metrics = null, History = null, Rejected = null },
    };

    private static ExtractFeaturesStep Pixels(ExtractFeaturesStep step) => new() { Input = step.Input, Output = step.Output, Backbone = RawPixels.Id };
}
