using FeatureTransfer.Onnx.Kernels.Images;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a 1 x 1 convolution by an operator of our own: convolutions, too, and sums over all pixels of all images.</summary>
internal sealed class PixelConvGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => PixelConvolution.OperatorName;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } behind)
            return;
        var (gradient, geometry) = BoundedKernel.Behind(context, behind);
        if (context.Needs(0))
            context.Accumulate(0, Images(context, gradient, geometry.Clone()));
        if (context.Needs(1))
            context.Accumulate(1, context.Sum(context.EmitKernel(PixelWeightGradient.OperatorName, [context.Input(0), gradient], geometry.Clone()), [0], keep: false));
        if (context.Needs(2))
            context.Accumulate(2, context.Sum(gradient, [1, .. TensorEmissions.Axes(2, context.Rank(gradient) - 2)], keep: false));
    }

    // With the weights' channels exchanged.
    private static string Images(GradientContext context, string gradient, AttributeProto geometry)
    {
        var sizes = context.KnownSizes(context.Input(1), 0);
        if (PixelKernels.Reads(sizes[0]))
            return context.EmitKernel(PixelConvolution.OperatorName, [gradient, context.Transposed(context.Input(1), [1, 0, .. TensorEmissions.Axes(2, sizes.Length - 2)])], geometry);
        var (weights, pixels) = (context.Reshaped(context.Input(1), sizes[0], -1), context.Reshaped(gradient, sizes[0], -1));
        return context.ReshapeLike(context.Emit("Gemm", [weights, pixels], GraphBuilder.Int("transA", 1)), context.Input(0));
    }
}
