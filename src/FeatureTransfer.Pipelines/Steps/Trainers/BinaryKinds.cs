namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The trainers of two classes, of which others make one of several.</summary>
internal static class BinaryKinds
{
    private static readonly IReadOnlyList<ITrainerKind> _all = [.. LinearKinds.All.Concat(TreeKinds.All).Where(kind => kind.BinaryCase is not null)];

    public static ValueFormat<IBinaryTrainerStep> Format { get; } = new UnionFormat<IBinaryTrainerStep>("binary trainer", [.. _all.Select(kind => kind.BinaryCase!)], defined: true);

    /// <summary>Where ML.NET has the trainer of two classes inside another.</summary>
    public static IBinarySource SourceOf(MetaTrainerStep step) =>
        _all.FirstOrDefault(kind => kind.BinaryCase!.Holds(step.BinaryEstimator))?.Sources[PipelineTask.Binary] as IBinarySource
        ?? throw new FeatureTransferException($"The binary trainer {step.BinaryEstimator.GetType().Name} is not in the table; known are {string.Join(", ", _all.Select(kind => kind.Name))}.");
}
