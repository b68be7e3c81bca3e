using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The elements go back to where they came from.</summary>
internal sealed class DepthToSpaceGradient() : UnaryGradient("DepthToSpace")
{
    // The runtime moves whole numbers only as floating point ones; doubles hold every number of an element.
    protected override string Derive(GradientContext context, string gradient) => Scattered.Back(context, gradient, numbers =>
        context.Cast(context.Emit("DepthToSpace", [context.Cast(numbers, DataType.Double)], [.. context.Node.Attribute]), DataType.Int64));
}
