using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a depthwise convolution by an operator of our own: operators of our own.</summary>
internal sealed class DepthwiseConvGradient() : KernelConvolutionGradient(DepthwiseForward.OperatorName)
{
    protected override string Images(GradientContext context, string gradient, AttributeProto geometry) =>
        context.EmitKernel(DepthwiseInputGradient.OperatorName, [gradient, context.Input(1)], geometry);

    protected override string Weights(GradientContext context, string gradient, AttributeProto geometry) =>
        context.EmitKernel(DepthwiseWeightGradient.OperatorName, [context.Input(0), gradient], geometry);
}
