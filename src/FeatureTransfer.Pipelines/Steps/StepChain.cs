using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>
/// Steps one after the other. Trainers are handed their columns in memory: else what stands before them, such as a normalizer, would run
/// anew in each of their passes. A trainer before which nothing stands has the rows as they are. What is for training alone is left out of the model.
/// </summary>
/// <param name="steps">The steps.</param>
/// <param name="build">What building them needs; they are built once, when they are first asked for.</param>
internal sealed class StepChain(IEnumerable<PipelineStep> steps, StepBuild build) : IEstimator<TransformerChain<ITransformer>>
{
    private readonly Lazy<EstimatorChain<ITransformer>> _chain = new(() => Create(steps, build));

    public TransformerChain<ITransformer> Fit(IDataView input) => _chain.Value.Fit(input).GetModelFor(TransformerScope.Scoring);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _chain.Value.GetOutputSchema(inputSchema);

    private static EstimatorChain<ITransformer> Create(IEnumerable<PipelineStep> steps, StepBuild build)
    {
        var (chain, isBehindBackbone) = (new EstimatorChain<ITransformer>(), false);
        foreach (var step in steps)
        {
            // What learns from a backbone's outputs makes passes of its own over them.
            if (chain.LastEstimator is not null && (step is TrainerStep || (isBehindBackbone && StepTable.Trains(step))))
                (chain, isBehindBackbone) = (chain.AppendCacheCheckpoint(build.Context), false);
            chain = chain.Append(NamedEstimator.Of(step, build), step is ClassWeightsStep or ImportanceWeightsStep ? TransformerScope.Training : TransformerScope.Everything);
            isBehindBackbone |= step is ExtractFeaturesStep or CascadeStep or ApplyOnnxModelStep;
        }

        return chain;
    }
}
