namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Knows the gradient of one operator.</summary>
internal interface IOperatorGradient
{
    /// <summary>The ONNX operator.</summary>
    string Operator { get; }

    /// <summary>
    /// Adds the nodes that compute the gradients and hands each to <see cref="GradientContext.Accumulate"/>, for every input that
    /// <see cref="GradientContext.Needs"/> one. A gradient has the shape of its tensor.
    /// </summary>
    void Build(GradientContext context);
}
