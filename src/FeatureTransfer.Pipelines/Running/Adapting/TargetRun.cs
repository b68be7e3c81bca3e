using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The part of a run that looks at the target.</summary>
internal static class TargetRun
{
    /// <summary>Compares adaptations, trained on the training rows.</summary>
    public static ComparedDomains Run(PipelineDefinition definition, TargetOptions target, Table train, StepBuild build)
    {
        // Its rejected rows are not the source's.
        var own = build with { Services = build.Services with { Rejected = new RejectedRowCollector() } };
        return DomainComparison.Compare(definition, target.Data, new DomainTables(train, DomainTables.ReadTarget(definition, target.Data, own)), target, own);
    }

    /// <summary>What the model file holds, and says of itself: the adaptation that won, as it was judged, or the plain model.</summary>
    /// <param name="compared">The comparison, if there was one.</param>
    /// <param name="result">The run on the source.</param>
    /// <param name="trained">The plain model.</param>
    /// <param name="train">The rows that trained it.</param>
    public static (RunResult Result, TransformerChain<ITransformer> Model, Table Rows) Kept(ComparedDomains? compared, RunResult result, TransformerChain<ITransformer> trained, Table train) =>
        compared?.Winner is { } winner
            ? (result with { Labels = winner.Labels, Test = winner.Result, CrossValidation = null, Limits = null, TrainRows = compared.Source.Count }, winner.Model!, compared.Source)
            : (result, trained, train);
}
