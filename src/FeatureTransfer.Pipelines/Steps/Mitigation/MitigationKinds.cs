namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The step that takes a column out of features.</summary>
internal static class MitigationKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "EraseConcept",
            "Takes out of the features what a linear classifier could tell a column by, such as a group of people or a camera (LEACE, Belrose and others 2023); the model needs the column no more",
            new OptionSet<EraseConceptStep>(() => new EraseConceptStep { ConceptColumn = "" })
                .Add("conceptColumn", StepOptions.Text, s => s.ConceptColumn, (s, v) => s with { ConceptColumn = v }, "The column that the features are not to tell: text", required: true)
                .Add("featureColumn", StepOptions.Text, s => s.FeatureColumn, (s, v) => s with { FeatureColumn = v }, "The features: a vector")
                .Add("output", StepOptions.Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added"),
            (s, build) => build.Context.Transforms.EraseConcept(s.ConceptColumn, s.Output, s.FeatureColumn, build.Services)),
    ];
}
