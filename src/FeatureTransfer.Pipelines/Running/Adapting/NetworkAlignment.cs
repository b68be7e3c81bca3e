using FeatureTransfer.FineTuning;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>A chain that fine-tunes, with the domains aligned while it learns.</summary>
internal static class NetworkAlignment
{
    private const string Domain = "FeatureTransfer.Domain", Target = "target";

    /// <summary>Whether a model is one.</summary>
    public static bool Is(TargetModel model) => MethodOf(model) != DomainAlignmentMethod.None;

    /// <summary>The step that learns, where it does so without alignment; null where there is none.</summary>
    public static FineTuneStep? Tuned(PipelineDefinition definition) => definition.Estimators.OfType<FineTuneStep>().LastOrDefault(step => !step.Options.Alignment.IsOn);

    /// <summary>The chain with alignment; how much it counts is as the step says.</summary>
    public static PipelineDefinition Aligned(PipelineDefinition definition, TargetModel model)
    {
        var tuned = Tuned(definition)!;
        var options = tuned.Options with
        {
            Alignment = tuned.Options.Alignment with { Method = MethodOf(model), DomainColumnName = Domain, Target = Target },

            // What is tuned for the target may be worse on validation rows, which are the source's.
            AlwaysKeepTuned = true,
        };
        return definition with { Estimators = [.. definition.Estimators.Select(step => ReferenceEquals(step, tuned) ? tuned with { Options = options } : step)] };
    }

    /// <summary>Rows of the source, and behind them those of the target, whose labels are taken out.</summary>
    public static Table Together(PipelineDefinition definition, Table source, Table target)
    {
        var unlabelled = target.Text(definition.Evaluation.LabelColumn) is null ? target : target.With(TableColumn.OfText(definition.Evaluation.LabelColumn, Same("", target)));
        return source.With(Domain, Same("source", source)).Append(unlabelled.With(Domain, Same(Target, target)));
    }

    private static string[] Same(string value, Table rows) => [.. Enumerable.Repeat(value, rows.Count)];

    private static DomainAlignmentMethod MethodOf(TargetModel model) => model switch
    {
        TargetModel.Adversarial => DomainAlignmentMethod.Adversarial,
        TargetModel.DeepCoral => DomainAlignmentMethod.Coral,
        TargetModel.MeanDiscrepancy => DomainAlignmentMethod.MeanDiscrepancy,
        _ => DomainAlignmentMethod.None,
    };
}
