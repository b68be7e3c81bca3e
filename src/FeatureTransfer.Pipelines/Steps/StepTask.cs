namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Checks the trainers of a pipeline against its task.</summary>
internal static class StepTask
{
    /// <summary>What is wrong, each with the number of its estimator, from 0.</summary>
    public static IEnumerable<(int Estimator, string Message)> Faults(PipelineDefinition definition)
    {
        for (var i = 0; i < definition.Estimators.Count; i++)
        {
            if (Fault(definition.Estimators[i], definition.Task) is { } message)
                yield return (i, message);
        }
    }

    /// <summary>How a chain of a task ends, for messages.</summary>
    public static string Advice(PipelineTask task) => task switch
    {
        PipelineTask.Multiclass => "Map the label with MapValueToKey and end the chain with a trainer, such as LbfgsMaximumEntropy.",
        PipelineTask.Binary => "End the chain with a trainer of two classes, such as LbfgsLogisticRegression.",
        PipelineTask.Regression => "End the chain with a trainer of regression, such as Sdca.",
        _ => "End the chain with FineTune.",
    };

    private static string? Fault(PipelineStep step, PipelineTask task)
    {
        try
        {
            StepTable.Check(step, task);
            return null;
        }
        catch (FeatureTransferException exception)
        {
            return exception.Message;
        }
    }
}
