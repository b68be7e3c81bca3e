using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Images;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a convolution of large images with few channels by an operator of our own.</summary>
internal sealed class ImageConvGradient() : KernelConvolutionGradient(ImageConvolution.OperatorName)
{
    // As the product with the weights of every window at once.
    protected override string Images(GradientContext context, string gradient, AttributeProto geometry)
    {
        var outputs = context.KnownSizes(context.Input(1), 0)[0];
        var (weights, windows) = (context.Reshaped(context.Input(1), outputs, -1), context.Reshaped(gradient, outputs, -1));
        var read = context.Emit("Gemm", [weights, windows], GraphBuilder.Int("transA", 1));
        return context.EmitKernel(Rolled.OperatorName, [read], geometry);
    }

    protected override string Weights(GradientContext context, string gradient, AttributeProto geometry) =>
        context.Sum(context.EmitKernel(ImageWeightGradient.OperatorName, [context.Input(0), gradient], geometry), [0], keep: false);
}
