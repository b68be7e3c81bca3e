namespace FeatureTransfer.Pipelines;

/// <summary>One entry of the chain: the options of one estimator. What can be done with it is in <see cref="Steps.StepTable" />.</summary>
public abstract record PipelineStep;
