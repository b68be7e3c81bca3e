using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a convolution by an operator of our own, which may be an activation too.</summary>
/// <param name="name">The operator.</param>
internal abstract class KernelConvolutionGradient(string name) : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => name;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } behind)
            return;
        var (geometry, bounds) = KernelNode.Split(context.Node.Attribute.Single());
        var gradient = bounds == Bounds.None ? behind : context.EmitKernel(PassedGradient.OperatorName, [behind, context.Output(0), context.Floats(bounds.Low, bounds.High)]);
        if (context.Needs(0))
            context.Accumulate(0, Images(context, gradient, geometry.Clone()));
        if (context.Needs(1))
            context.Accumulate(1, Weights(context, gradient, geometry.Clone()));
        if (context.Needs(2))
            context.Accumulate(2, context.Sum(gradient, [1, .. TensorEmissions.Axes(2, context.Rank(gradient) - 2)], keep: false));
    }

    /// <summary>Emits the gradient of the images.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="gradient">That of the convolution without its activation, (outputs, batch, ...).</param>
    /// <param name="geometry">Where the windows lie, as an attribute.</param>
    protected abstract string Images(GradientContext context, string gradient, AttributeProto geometry);

    /// <summary>Emits the gradient of the weights.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="gradient">That of the convolution without its activation, (outputs, batch, ...).</param>
    /// <param name="geometry">Where the windows lie, as an attribute.</param>
    protected abstract string Weights(GradientContext context, string gradient, AttributeProto geometry);
}
