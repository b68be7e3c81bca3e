namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Checks the trainers of a pipeline against its task.</summary>
internal static class StepTask
{
    /// <summary>What is wrong, each with the place of its step.</summary>
    public static IEnumerable<(string Place, string Message)> Faults(PipelineDefinition definition) =>
        from placed in definition.Estimators.Placed(StepTree.Root)
        let message = Fault(placed.Step, definition.Task)
        where message is not null
        select (placed.Place, message);

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
