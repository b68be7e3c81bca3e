namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The step that weighs classes.</summary>
internal static class ClassWeightKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "ClassWeights",
            "Weights of the training rows, such that all classes weigh alike; a trainer takes them as exampleWeightColumn",
            new OptionSet<ClassWeightsStep>(() => new ClassWeightsStep())
                .Add("output", StepOptions.Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added: n / (k n_c) for a class with n_c of the n training rows, where there are k classes. The model leaves it out")
                .Add("labelColumn", StepOptions.Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: text, a key, a boolean or a number")
                .Add("groupColumn", StepOptions.OptionalText, s => s.GroupColumn, (s, v) => s with { GroupColumn = v }, "A column of text, such as a group of people: within each class all its groups then weigh alike too; null is by label alone"),
            (s, build) => build.Context.Transforms.ClassWeights(s.Output, s.LabelColumn, s.GroupColumn)),
    ];
}
