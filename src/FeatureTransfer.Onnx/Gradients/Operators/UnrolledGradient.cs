using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a matrix of what windows read, by an operator of our own.</summary>
internal sealed class UnrolledGradient() : UnaryGradient(Unrolled.OperatorName)
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.EmitKernel(Rolled.OperatorName, [gradient], context.Node.Attribute.Single().Clone());
}
