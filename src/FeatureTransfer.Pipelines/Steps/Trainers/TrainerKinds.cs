namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The trainers.</summary>
internal static class TrainerKinds
{
    public static IReadOnlyList<IStepKind> All { get; } = [.. LinearKinds.All, .. HeadKinds.All, .. TreeKinds.All, .. MetaKinds.All];
}
