namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// An operator that copies elements to other places. Which ones, it tells itself: applied to the numbers of the elements it gives for each
/// place the number of the element that came there, and the gradient goes back to that number.
/// </summary>
internal static class Scattered
{
    /// <summary>Adds up a gradient by the places that its elements came from.</summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">The gradient of the output.</param>
    /// <param name="move">Applies the operator to whole numbers of the input's shape.</param>
    public static string Back(GradientContext context, string gradient, Func<string, string> move)
    {
        var input = context.Input(0);
        var count = context.Emit("Size", [input]);
        var all = context.Ints(-1);
        var numbers = context.Emit("Range", [Number(context, 0), count, Number(context, 1)]);
        var places = context.Emit("Reshape", [move(context.ReshapeLike(numbers, input)), all]);
        var zeros = context.Emit("Expand", [context.Scalar(0), context.Emit("Reshape", [count, context.Ints(1)])]);
        var sums = context.Emit("ScatterElements", [zeros, places, context.Emit("Reshape", [gradient, all])], GraphBuilder.Text("reduction", "add"));
        return context.ReshapeLike(sums, input);
    }

    private static string Number(GradientContext context, long value) => context.Constant(TensorValues.Ints([value]));
}
