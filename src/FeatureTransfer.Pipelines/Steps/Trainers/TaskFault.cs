using System.Text.Json;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>What to say of a trainer that a task has no use for.</summary>
internal static class TaskFault
{
    /// <summary>The name of a task in JSON.</summary>
    public static string Name(PipelineTask task) => JsonNamingPolicy.CamelCase.ConvertName(task.ToString());

    /// <summary>The error.</summary>
    /// <param name="step">The trainer.</param>
    /// <param name="task">The pipeline's task.</param>
    /// <param name="wraps">Whether a trainer of several classes can be made of it.</param>
    public static FeatureTransferException Of(StepInfo step, PipelineTask task, bool wraps) => new(
        $"{step.Name} cannot end a pipeline whose task is {Name(task)}: it is for {string.Join(" and ", step.Tasks.Select(Name))}. {WayOut(step, task, wraps)}");

    private static string WayOut(StepInfo step, PipelineTask task, bool wraps) => task == PipelineTask.Multiclass && wraps
        ? $"Wrap it, {{ \"type\": \"OneVersusAll\", \"binaryEstimator\": {{ \"type\": \"{step.Name}\" }} }}, or set the pipeline's \"task\"."
        : "Set the pipeline's \"task\", or take a trainer of that task.";
}
