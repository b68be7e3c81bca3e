using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// 1 where the result lies between the limits; the limits do not learn. The input is not asked for, so that it needs no memory until then. A value that equals a
/// limit counts as cut off, as 0 does for Relu.
/// </summary>
internal sealed class ClipGradient() : UnaryGradient("Clip")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.UsesKernels && Bounds.Of(context.Node, name => context.ConstantFloats(name) is [var number] ? number : null) is { } bounds
            ? context.EmitKernel(PassedGradient.OperatorName, [gradient, context.Output(0), context.Floats(bounds.Low, bounds.High)])
            : Masked(context, gradient);

    // With standard operators, on ONNX Runtime's CPU a product with the mask takes two thirds of the time of Where.
    private static string Masked(GradientContext context, string gradient)
    {
        List<string> masks = [];
        if (context.HasInput(1))
            masks.Add(context.Emit("Greater", [context.Output(0), context.Input(1)]));
        if (context.HasInput(2))
            masks.Add(context.Emit("Less", [context.Output(0), context.Input(2)]));
        return masks.Count == 0
            ? gradient
            : context.Mul(gradient, context.Cast(masks.Aggregate((first, second) => context.Emit("And", [first, second])), context.ElementType));
    }
}
