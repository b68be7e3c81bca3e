using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a depthwise convolution by an operator of our own: operators of our own.</summary>
internal sealed class DepthwiseConvGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => DepthwiseForward.OperatorName;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } behind)
            return;
        var (gradient, geometry) = BoundedKernel.Behind(context, behind);
        if (context.Needs(0))
            context.Accumulate(0, context.EmitKernel(DepthwiseInputGradient.OperatorName, [gradient, context.Input(1)], geometry));
        if (context.Needs(1))
            context.Accumulate(1, context.EmitKernel(DepthwiseWeightGradient.OperatorName, [context.Input(0), gradient], geometry));
        if (context.Needs(2))
            context.Accumulate(2, context.Sum(gradient, [1, .. TensorEmissions.Axes(2, context.Rank(gradient) - 2)], keep: false));
    }
}
