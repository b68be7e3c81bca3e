namespace FeatureTransfer.FineTuning;

/// <summary>Changes weights by their gradients, in place and vectorised.</summary>
internal abstract class Optimizer
{
    /// <summary>How many arrays are remembered for each parameter.</summary>
    public abstract int StateCount { get; }

    /// <summary>Makes the optimizer that the options ask for.</summary>
    public static Optimizer Create(OptimizerOptions options) => options.Kind switch
    {
        OptimizerKind.Sgd => new SgdOptimizer(options),
        _ => new AdamOptimizer(options),
    };

    /// <summary>Makes one step.</summary>
    /// <param name="parameters">The parameters, with their gradients; the gradients may be overwritten.</param>
    /// <param name="learningRate">The learning rate, before each parameter's factor.</param>
    public void Step(IReadOnlyList<Parameter> parameters, double learningRate)
    {
        // Each parameter is changed by one thread alone, so the outcome does not depend on how many there are.
        Parallel.ForEach(parameters, parameter =>
        {
            if (parameter.LearningRateFactor == 0)
                return;
            if (parameter.State.Length == 0)
                parameter.State = [.. Enumerable.Range(0, StateCount).Select(_ => LargeArray.Zeros<float>(parameter.Values.Length))];
            parameter.Steps++;
            Step(parameter, learningRate * parameter.LearningRateFactor);
        });
    }

    protected abstract void Step(Parameter parameter, double learningRate);
}
