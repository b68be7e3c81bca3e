using FeatureTransfer.Cascades;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Which columns a step reads and makes, as far as its options tell.</summary>
internal static class StepColumns
{
    /// <summary>The columns that must be there.</summary>
    public static IEnumerable<string> Read(PipelineStep step) => step switch
    {
        ExtractFeaturesStep { Pair: { } pair } extract => [extract.Input, pair],
        ExtractFeaturesStep extract => [extract.Input],
        CascadeStep cascade => [cascade.Input],
        ColumnStep column => [column.Input ?? column.Output],
        ConcatenateStep joined => joined.Inputs,
        CopyColumnsStep copy => [copy.Input],
        DropColumnsStep drop => drop.Columns,
        SelectColumnsStep select => select.Columns,
        FeaturizeTextStep text => text.Inputs.Count > 0 ? text.Inputs : [text.Output],
        ApplyOnnxModelStep onnx => onnx.Inputs,
        ClassWeightsStep { GroupColumn: { } group } weights => [weights.LabelColumn, group],
        ClassWeightsStep weights => [weights.LabelColumn],
        EraseConceptStep erase => [erase.FeatureColumn, erase.ConceptColumn],
        ClassDistanceStep distance => [distance.FeatureColumn, distance.LabelColumn],
        DomainStep domains => [domains.FeatureColumn, domains.DomainColumn],
        FineTuneStep { Options: var tune } => [tune.InputColumnName, tune.LabelColumnName, .. tune.PairColumnName is { } other ? [other] : Array.Empty<string>(), .. tune.Alignment.IsOn ? [tune.Alignment.DomainColumnName] : Array.Empty<string>()],
        ImageClassificationStep images => [images.Options.FeatureColumnName, images.Options.LabelColumnName],
        TrAdaBoostStep boosting => [boosting.FeatureColumn, boosting.LabelColumn, boosting.DomainColumn],
        WeightedTrainerStep { ExampleWeightColumn: { } weight } trainer => [trainer.FeatureColumn, trainer.LabelColumn, weight],
        FeatureTrainerStep trainer => [trainer.FeatureColumn, trainer.LabelColumn],
        MetaTrainerStep { BinaryEstimator: FeatureTrainerStep inner } meta => [inner.FeatureColumn, meta.LabelColumn],
        TrainerStep trainer => [trainer.LabelColumn],
        ICompositeStep { GroupColumn: { } group } composite => [composite.LabelColumn, group],
        ICompositeStep composite => [composite.LabelColumn],
        _ => [],
    };

    /// <summary>The columns that are there behind the step; null where only the model's file tells.</summary>
    public static IReadOnlySet<string>? Behind(PipelineStep step, IReadOnlySet<string> before) => step switch
    {
        DropColumnsStep drop => before.Except(drop.Columns).ToHashSet(StringComparer.Ordinal),
        SelectColumnsStep select => select.Columns.ToHashSet(StringComparer.Ordinal),
        ApplyOnnxModelStep { Outputs.Count: 0 } => null,
        ApplyOnnxModelStep onnx => before.With(onnx.Outputs),
        ExtractFeaturesStep extract => before.With([extract.Output]),
        ClassWeightsStep weights => before.With([weights.Output]),
        AdaptFeaturesStep adapted => before.With([adapted.Output]),
        EraseConceptStep erase => before.With([erase.Output]),
        ClassDistanceStep distance => before.With([distance.Output]),
        ImportanceWeightsStep weights => before.With([weights.Output]),
        FeaturizeTextStep { OutputTokensColumn: { } tokens } text => before.With([text.Output, tokens]),
        OutputStep output => before.With([output.Output]),
        HeadStep { LogitsColumn: { } logits } => before.With(["Score", "PredictedLabel", logits]),
        GateStep => before.With(["Score", "PredictedLabel", GateTransformer.CostlyColumn, GateTransformer.AskedColumn]),
        _ => before.With(["Score", "Probability", "PredictedLabel"]),
    };

    /// <summary>Whether a step ends a chain: it gives the scores that are judged.</summary>
    public static bool IsTrainer(PipelineStep step) => step is TrainerStep or IImageTrainerStep or ICompositeStep;

    /// <summary>The columns of a source's rows.</summary>
    public static IReadOnlySet<string> Of(DataSource source)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal) { DataSource.LabelColumn };
        if (source is not FieldSource { Image: null })
            columns.Add(DataSource.PathColumn);
        if (source is FieldSource { Group: not null } || (source is ListSource list && list.Items.Any(item => item.Group is not null)))
            columns.Add(DataSource.GroupColumn);
        columns.UnionWith(Texts(source));
        columns.UnionWith(source is FieldSource fields ? fields.Numbers : []);
        return columns;
    }

    /// <summary>The columns of texts and categories of a source.</summary>
    public static IReadOnlyList<string> Texts(DataSource source) => source switch
    {
        FieldSource fields => fields.Texts,
        TextFolderSource folder => [folder.Column],
        _ => [],
    };

    /// <summary>The columns of a pipeline's data that a step reads as text, and not as categories.</summary>
    public static IEnumerable<string> Texts(PipelineDefinition definition) => Texts(definition.Data)
        .Intersect(definition.Estimators.Flatten().Where(step => step is ExtractFeaturesStep or FeaturizeTextStep or FineTuneStep).SelectMany(Read));

    private static HashSet<string> With(this IReadOnlySet<string> before, IEnumerable<string> added) => [.. before, .. added];
}
