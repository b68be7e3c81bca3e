using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>A convolution by an operator of our own that is an activation too, on the way back.</summary>
internal static class BoundedKernel
{
    /// <summary>Leads the gradient back through the activation.</summary>
    /// <returns>The gradient of the convolution, and the attribute that says where its windows lie.</returns>
    public static (string Gradient, AttributeProto Geometry) Behind(GradientContext context, string gradient)
    {
        var (geometry, bounds) = KernelNode.Split(context.Node.Attribute.Single());
        return (bounds == Bounds.None ? gradient : context.EmitKernel(PassedGradient.OperatorName, [gradient, context.Output(0), context.Floats(bounds.Low, bounds.High)]), geometry);
    }
}
