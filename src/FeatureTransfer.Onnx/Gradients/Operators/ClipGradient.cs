using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 where the value was left as it is. The limits do not learn.</summary>
internal sealed class ClipGradient() : UnaryGradient("Clip")
{
    // With standard operators, on ONNX Runtime's CPU a product with the mask takes two thirds of the time of Where.
    protected override string Derive(GradientContext context, string gradient) => context.UsesKernels
        ? context.EmitKernel(PassedGradient.OperatorName, [gradient, context.Output(0), context.Input(0)])
        : context.Mul(gradient, context.Cast(context.Emit("Equal", [context.Input(0), context.Output(0)]), context.ElementType));
}
