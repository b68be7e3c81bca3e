namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>A staircase: flat wherever it has a slope, so nothing flows back.</summary>
internal sealed class StepGradient(string name) : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => name;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
    }
}
