namespace FeatureTransfer.Pipelines;

/// <summary>Builds a <see cref="PipelineDefinition" /> call by call. Every call returns a new builder.</summary>
public sealed class PipelineBuilder
{
    private readonly PipelineDefinition _definition;

    internal PipelineBuilder(PipelineDefinition definition) => _definition = definition;

    /// <summary>Appends an estimator to the chain.</summary>
    /// <param name="step">Its options.</param>
    public PipelineBuilder Append(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new(_definition with { Estimators = [.. _definition.Estimators, step] });
    }

    /// <summary>Sets what is predicted.</summary>
    /// <param name="task">The task.</param>
    public PipelineBuilder Predict(PipelineTask task) => new(_definition with { Task = task });

    /// <summary>Sets which rows train and which rows test.</summary>
    /// <param name="split">The options.</param>
    public PipelineBuilder Split(SplitOptions split) => new(_definition with { Split = split });

    /// <summary>Sets how the result is judged.</summary>
    /// <param name="evaluation">The options.</param>
    public PipelineBuilder Evaluate(EvaluationOptions evaluation) => new(_definition with { Evaluation = evaluation });

    /// <summary>Sets which options of the chain are tried out.</summary>
    /// <param name="search">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public PipelineBuilder Search(SearchOptions search)
    {
        ArgumentNullException.ThrowIfNull(search);
        search.Validate();
        return new(_definition with { Search = search });
    }

    /// <summary>Sets another domain, which the model is for.</summary>
    /// <param name="target">Its rows, and what is tried to reach them.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there is nothing to try.</exception>
    public PipelineBuilder Target(TargetOptions target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Validate();
        return new(_definition with { Target = target });
    }

    /// <summary>Sets what is written.</summary>
    /// <param name="outputs">The options.</param>
    public PipelineBuilder Write(OutputOptions outputs) => new(_definition with { Outputs = outputs });

    /// <summary>Sets the seed of everything random.</summary>
    /// <param name="seed">Any number.</param>
    public PipelineBuilder Seed(int seed) => new(_definition with { Seed = seed });

    /// <summary>The definition built so far.</summary>
    public PipelineDefinition Build() => _definition;
}
