namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The step that tells unknown classes.</summary>
internal static class UnknownKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "ClassDistance",
            "The squared Mahalanobis distance to the nearest class mean, which is large for what the model does not know (Lee and others 2018); evaluation.unknown reads it",
            new OptionSet<ClassDistanceStep>(() => new ClassDistanceStep())
                .Add("labelColumn", StepOptions.Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: a key")
                .Add("featureColumn", StepOptions.Text, s => s.FeatureColumn, (s, v) => s with { FeatureColumn = v }, "The features: a vector")
                .Add("output", StepOptions.Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added: one number")
                .Add("shrinkage", new NumberFormat(0, 1, minimumExcluded: true), s => s.Shrinkage, (s, v) => s with { Shrinkage = v }, "How far the covariance is drawn towards a multiple of the identity"),
            (s, build) => build.Context.Transforms.ClassDistance(new() { LabelColumnName = s.LabelColumn, FeatureColumnName = s.FeatureColumn, OutputColumnName = s.Output, Shrinkage = s.Shrinkage }, build.Services)),
    ];
}
