using FeatureTransfer.Onnx.Kernels.Images;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a 1 x 1 convolution by an operator of our own: convolutions, too, and sums over all pixels of all images.</summary>
internal sealed class PixelConvGradient() : KernelConvolutionGradient(PixelConvolution.OperatorName)
{
    // With the weights' channels exchanged.
    protected override string Images(GradientContext context, string gradient, AttributeProto geometry)
    {
        var sizes = context.KnownSizes(context.Input(1), 0);
        if (PixelKernels.Reads(sizes[0]))
            return context.EmitKernel(PixelConvolution.OperatorName, [gradient, context.Transposed(context.Input(1), [1, 0, .. TensorEmissions.Axes(2, sizes.Length - 2)])], geometry);
        var (weights, pixels) = (context.Reshaped(context.Input(1), sizes[0], -1), context.Reshaped(gradient, sizes[0], -1));
        return context.ReshapeLike(context.Emit("Gemm", [weights, pixels], GraphBuilder.Int("transA", 1)), context.Input(0));
    }

    protected override string Weights(GradientContext context, string gradient, AttributeProto geometry) =>
        context.Sum(context.EmitKernel(PixelWeightGradient.OperatorName, [context.Input(0), gradient], geometry), [0], keep: false);
}
