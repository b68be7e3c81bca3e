using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds why domains cannot be compared, before any data move.</summary>
internal static class TargetFaults
{
    /// <summary>What can be known from the pipeline's options alone, each with its place.</summary>
    public static IEnumerable<(string Place, string Message)> OfForm(PipelineDefinition definition) => definition.Target is { } target ? OfForm(definition, target) : [];

    /// <summary>The same of any comparison of a pipeline.</summary>
    public static IEnumerable<(string Place, string Message)> OfForm(PipelineDefinition definition, DomainComparisonOptions options)
    {
        if (definition.Task != PipelineTask.Multiclass)
            yield return ("$.target", $"domains are compared by accuracy over classes, and the task is {TaskFault.Name(definition.Task)}. Use a pipeline of the task multiclass");
        if (options.Count == 0)
            yield return ("$.target.methods", "there is nothing to compare; name a method such as coral, a weight or a model");
        if (options.Weights.Count > 0 && !definition.Estimators.OfType<WeightedTrainerStep>().Any())
            yield return ("$.target.weights", "weights were asked for, and the trainer takes none. End the chain with LbfgsMaximumEntropy, or leave the weights out");
        if (options.Models.Contains(TargetModel.TrAdaBoost) && !definition.Estimators.OfType<TrainerStep>().Any())
            yield return ("$.target.models", "trAdaBoost takes the place of the trainer, and the chain ends in none. End it with a trainer of features, or leave trAdaBoost out");
        if (options.Models.Contains(TargetModel.AdaBN) && !ChainModel.Frozen(definition).Any(NormalizedBackbones.Reads))
            yield return ("$.target.models", "adaBN is for backbones that read images by their paths, and no ExtractFeatures does. Leave it out");
        if (options.Models.Any(NetworkAlignment.Is) && NetworkAlignment.Tuned(definition) is null)
            yield return ("$.target.models", "adversarial, deepCoral and meanDiscrepancy are ways to fine-tune, and no step FineTune without an alignment of its own is in the chain. End it with one, or leave them out");
        if (options.Methods.Count + options.Weights.Count > 0 && MissingFeatures(definition) is { } column)
            yield return ("$.target", $"domains are compared by features, and no step before the first that learns gives the column \"{column}\". Put ExtractFeatures, or a Concatenate with that output, before it; for a chain that fine-tunes, try models such as deepCoral and no methods");
    }

    /// <summary>The columns that the target lacks.</summary>
    public static IEnumerable<ChainFault> OfColumns(PipelineDefinition definition)
    {
        if (definition.Target is not { Data: var target })
            yield break;
        var read = definition.Estimators.Flatten().SelectMany(StepColumns.Read).Concat(definition.Split.GroupColumn is { } group ? [group] : []);
        foreach (var column in read.Distinct(StringComparer.Ordinal).Intersect(StepColumns.Of(definition.Data)).Except(StepColumns.Of(target)))
            yield return new ChainFault("$.target.data", $"there is no column \"{column}\", which the chain reads of the source. Give the target a field of that name");
    }

    /// <summary>The features that are adapted: those that the trainer reads where frozen steps give them, else what the last extraction gives.</summary>
    public static string FeatureColumn(PipelineDefinition definition) =>
        definition.Estimators.OfType<FeatureTrainerStep>().LastOrDefault()?.FeatureColumn is { } own && Known(definition)?.Contains(own) != false
            ? own
            : definition.Estimators.OfType<ExtractFeaturesStep>().LastOrDefault()?.Output ?? "Features";

    /// <summary>The features where no frozen step gives them; null where one does.</summary>
    public static string? MissingFeatures(PipelineDefinition definition) => Known(definition) is { } known && FeatureColumn(definition) is var column && !known.Contains(column) ? column : null;

    // Null where only a model's file tells.
    private static IReadOnlySet<string>? Known(PipelineDefinition definition) =>
        ChainModel.Frozen(definition).Aggregate((IReadOnlySet<string>?)StepColumns.Of(definition.Data), (known, step) => known is null ? null : StepColumns.Behind(step, known));
}
