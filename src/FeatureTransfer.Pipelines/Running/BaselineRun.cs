using FeatureTransfer.Backbones;
using FeatureTransfer.Backbones.Speech;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The pipeline once more with something plainer in the place of the backbone's features, on the same split.</summary>
internal static class BaselineRun
{
    /// <summary>What is wrong where there is no backbone to leave out, or null.</summary>
    public static string? Fault(PipelineDefinition definition, FeatureTransferServices services) =>
        definition.Evaluation.Baseline != Baseline.None && !definition.Estimators.Flatten().Any(step => IsReplaced(step, definition, services))
            ? $"it is '{char.ToLowerInvariant(definition.Evaluation.Baseline.ToString()[0])}{definition.Evaluation.Baseline.ToString()[1..]}', which takes the place of ExtractFeatures, and the chain has no such step with a backbone for {Inputs(definition)}. Set it to 'none'"
            : null;

    /// <summary>Runs it; null where the pipeline asks for none.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="services">Where things come from.</param>
    /// <param name="heldOut">See <see cref="PipelineRunner.HeldOut" />.</param>
    public static BaselineResult? Run(PipelineDefinition definition, FeatureTransferServices services, IReadOnlySet<int>? heldOut)
    {
        if (definition.Evaluation.Baseline == Baseline.None)
            return null;

        // The run of the pipeline itself has reported what cannot be read.
        var runner = new PipelineRunner(services with { Rejected = new RejectedRowCollector() }) { HeldOut = heldOut };
        var result = runner.RunAsync(WithoutBackbone(definition, services), services.Cancellation).GetAwaiter().GetResult();
        return new BaselineResult(Name(definition), result.CrossValidation, result.Test);
    }

    internal static PipelineDefinition WithoutBackbone(PipelineDefinition definition, FeatureTransferServices services) => definition with
    {
        Name = $"{definition.Name}, {Name(definition)}",
        Estimators = Estimators(definition, services),
        Target = null,
        Evaluation = definition.Evaluation with { Baseline = Baseline.None, Slices = [], Calibrate = false, Conformal = null, Unknown = null, FewShot = null, Probe = [] },

        // Where held-out rows judge, that comparison is enough.
        Split = definition.Split.TestFraction > 0 ? definition.Split with { Folds = 0 } : definition.Split,
        Outputs = new OutputOptions { Folder = definition.Outputs.Folder, Bundle = null, Report = null, Predictions = null, Metrics = null, History = null, Rejected = null },
    };

    private static ValueList<PipelineStep> Estimators(PipelineDefinition definition, FeatureTransferServices services)
    {
        var counted = definition.Evaluation.Baseline == Baseline.NGrams
            ? definition.Estimators.Flatten().Where(step => IsReplaced(step, definition, services)).Select(step => ((ExtractFeaturesStep)step).Output).ToHashSet(StringComparer.Ordinal)
            : [];
        return Without(definition.Estimators);

        ValueList<PipelineStep> Without(ValueList<PipelineStep> steps) => [.. steps.Where(step => !NormalizesInPlace(step, counted)).Select(Plain)];

        PipelineStep Plain(PipelineStep step) => step is ICompositeStep composite ? composite.With(Without)
            : IsReplaced(step, definition, services) ? InPlaceOf((ExtractFeaturesStep)step, definition.Evaluation.Baseline)
            : ForCounts(step, counted);
    }

    // Counts have a length of 1 already, and few of their many columns are not 0: a normalizer would fill them all in.
    private static bool NormalizesInPlace(PipelineStep step, HashSet<string> columns) =>
        step is NormalizerStep normalizer && columns.Contains(normalizer.Output) && (normalizer.Input ?? normalizer.Output) == normalizer.Output;

    // A penalty that suits some hundred normalized features would keep a model of counts from learning.
    private static PipelineStep ForCounts(PipelineStep step, HashSet<string> columns) =>
        step is LbfgsStep trainer && columns.Contains(trainer.FeatureColumn) ? trainer with { L2Regularization = Math.Min(1, trainer.L2Regularization) } : step;

    private static bool IsReplaced(PipelineStep step, PipelineDefinition definition, FeatureTransferServices services) =>
        step is ExtractFeaturesStep extract && services.Catalog.Get(new StepBuild(new MLContext(), services, definition.BaseFolder).ResolveBackbone(extract.Backbone)).Modality == ModalityOf(definition);

    private static Modality ModalityOf(PipelineDefinition definition) => definition.Evaluation.Baseline switch
    {
        Baseline.NGrams => Modality.Text,
        Baseline.LogMel => Modality.Audio,
        _ => Modality.Image,
    };

    private static string Inputs(PipelineDefinition definition) => ModalityOf(definition) switch
    {
        Modality.Text => "texts",
        Modality.Audio => "recordings",
        _ => "images",
    };

    internal static string Name(PipelineDefinition definition) => definition.Evaluation.Baseline switch
    {
        Baseline.NGrams => "n-grams",
        Baseline.LogMel => "log-mel",
        _ => "raw pixels",
    };

    private static PipelineStep InPlaceOf(ExtractFeaturesStep step, Baseline baseline) => baseline switch
    {
        Baseline.NGrams => new FeaturizeTextStep { Inputs = step.Pair is { } pair ? [step.Input, pair] : [step.Input], Output = step.Output },
        Baseline.LogMel => new ExtractFeaturesStep { Input = step.Input, Output = step.Output, Backbone = LogMel.Id },
        _ => new ExtractFeaturesStep { Input = step.Input, Output = step.Output, Backbone = RawPixels.Id },
    };
}
