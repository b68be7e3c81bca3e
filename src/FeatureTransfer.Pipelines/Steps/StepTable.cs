namespace FeatureTransfer.Pipelines.Steps;

/// <summary>What is known about one kind of step.</summary>
/// <param name="Name">Its name in JSON, which is ML.NET's.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Trains">Whether it learns from the rows; steps that do not, and come first, run once for all splits.</param>
/// <param name="Options">Its options.</param>
public sealed record StepInfo(string Name, string Summary, bool Trains, IReadOnlyList<OptionInfo> Options)
{
    /// <summary>The tasks that a chain may have which ends with this step; empty where it is no trainer.</summary>
    public IReadOnlyList<PipelineTask> Tasks { get; init; } = [];
}

/// <summary>The steps that a pipeline may have. Reading, writing, the schema and the runner all ask this one table.</summary>
public static class StepTable
{
    private static readonly IReadOnlyList<IStepKind> _kinds =
    [
        .. ImageKinds.All,
        .. OnnxKinds.All,
        .. ColumnKinds.All,
        .. ConversionKinds.All,
        .. ClassWeightKinds.All,
        .. AdaptationKinds.All,
        .. MitigationKinds.All,
        .. UnknownKinds.All,
        .. CategoryKinds.All,
        .. NormalizerKinds.All,
        .. MissingValueKinds.All,
        .. FeatureKinds.All,
        .. TextKinds.All,
        .. TrainerKinds.All,
        .. CascadeKinds.All,
        .. FineTuneKinds.All,
        .. ImageClassificationKinds.All,
    ];

    /// <summary>All steps, described.</summary>
    public static IReadOnlyList<StepInfo> All => [.. _kinds.Select(kind => kind.Info)];

    internal static UnionFormat<PipelineStep> Format { get; } = new("estimator", [.. _kinds.Select(kind => kind.Case)], defined: true);

    /// <summary>Whether a step learns from the rows.</summary>
    /// <param name="step">The step.</param>
    public static bool Trains(PipelineStep step) => KindOf(step).Trains;

    /// <summary>Whether a step is a trainer, which predicts.</summary>
    internal static bool Predicts(PipelineStep step) => KindOf(step).Tasks.Count > 0;

    /// <summary>The name of a step.</summary>
    /// <param name="step">The step.</param>
    public static string NameOf(PipelineStep step) => KindOf(step).Name;

    /// <summary>Checks, before any data move, that a step has a place in a pipeline of a task, with all its options.</summary>
    /// <exception cref="FeatureTransferException">It has none; the message names the way out.</exception>
    internal static void Check(PipelineStep step, PipelineTask task)
    {
        KindOf(step).Check(step, task);
        if (step is MetaTrainerStep { BinaryEstimator: PipelineStep binary })
            Check(binary, PipelineTask.Binary);
    }

    internal static IEstimator<ITransformer> Create(PipelineStep step, StepBuild build)
    {
        Check(step, build.Task);
        return KindOf(step).Create(step, build);
    }

    private static IStepKind KindOf(PipelineStep step) =>
        _kinds.FirstOrDefault(kind => kind.Case.Holds(step))
        ?? throw new FeatureTransferException($"The step {step.GetType().Name} is not in the table; known are {string.Join(", ", _kinds.Select(kind => kind.Name))}.");
}
