using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Images;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a convolution of large images with few channels by an operator of our own.</summary>
internal sealed class ImageConvGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => ImageConvolution.OperatorName;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } behind)
            return;
        var (gradient, geometry) = BoundedKernel.Behind(context, behind);
        if (context.Needs(0))
            context.Accumulate(0, Images(context, gradient, geometry.Clone()));
        if (context.Needs(1))
            context.Accumulate(1, context.Sum(context.EmitKernel(ImageWeightGradient.OperatorName, [context.Input(0), gradient], geometry.Clone()), [0], keep: false));
        if (context.Needs(2))
            context.Accumulate(2, context.Sum(gradient, [1, .. TensorEmissions.Axes(2, context.Rank(gradient) - 2)], keep: false));
    }

    // As the product with the weights of every window at once.
    private static string Images(GradientContext context, string gradient, AttributeProto geometry)
    {
        var outputs = context.KnownSizes(context.Input(1), 0)[0];
        var (weights, windows) = (context.Reshaped(context.Input(1), outputs, -1), context.Reshaped(gradient, outputs, -1));
        var read = context.Emit("Gemm", [weights, windows], GraphBuilder.Int("transA", 1));
        return context.EmitKernel(Rolled.OperatorName, [read], geometry);
    }
}
