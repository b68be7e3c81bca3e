namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Short names for the nodes that gradients of layers are put together from.</summary>
internal static class TensorEmissions
{
    /// <summary>Another shape; 0 keeps a size, -1 takes what is left.</summary>
    public static string Reshaped(this GradientContext context, string tensor, params long[] shape) =>
        context.Emit("Reshape", [tensor, context.Ints(shape)]);

    /// <summary>The axes in another order.</summary>
    public static string Transposed(this GradientContext context, string tensor, params long[] order) =>
        context.Emit("Transpose", [tensor], GraphBuilder.Ints("perm", order));

    /// <summary>The last two of some axes exchanged.</summary>
    public static string LastTwoExchanged(this GradientContext context, string tensor, int rank)
    {
        var order = Axes(0, rank);
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return context.Transposed(tensor, order);
    }

    /// <summary>The product, element by element.</summary>
    public static string Times(this GradientContext context, string left, string right) => context.Emit("Mul", [left, right]);

    /// <summary>A multiple.</summary>
    public static string Times(this GradientContext context, string tensor, float factor) =>
        factor == 1 ? tensor : context.Emit("Mul", [tensor, context.Scalar(factor)]);

    /// <summary>The difference, element by element.</summary>
    public static string Minus(this GradientContext context, string left, string right) => context.Emit("Sub", [left, right]);

    /// <summary>The matrix product.</summary>
    public static string Product(this GradientContext context, string left, string right) => context.Emit("MatMul", [left, right]);

    /// <summary>The sum over some axes.</summary>
    public static string Sum(this GradientContext context, string tensor, long[] axes, bool keep) => context.Emit(
        "ReduceSum", [tensor, context.Ints(axes)], GraphBuilder.Int("keepdims", keep ? 1 : 0));

    /// <summary>The mean over some axes, which stay with size 1.</summary>
    public static string Mean(this GradientContext context, string tensor, long[] axes) => context.Emit(
        "ReduceMean", [tensor, context.Ints(axes)], GraphBuilder.Int("keepdims", 1));

    /// <summary>A part along some axes.</summary>
    public static string Part(this GradientContext context, string tensor, long[] axes, long[] starts, long[] ends, long[]? steps = null) => context.Emit(
        "Slice",
        [tensor, context.Ints(starts), context.Ints(ends), context.Ints(axes), .. steps is null || steps.All(step => step == 1) ? Array.Empty<string>() : [context.Ints(steps)]]);

    /// <summary>Zeros before and after along every axis; a number below 0 takes elements away.</summary>
    public static string Padded(this GradientContext context, string tensor, IReadOnlyList<long> before, IReadOnlyList<long> after) =>
        before.Concat(after).All(size => size == 0) ? tensor : context.Emit("Pad", [tensor, context.Ints([.. before, .. after])]);

    /// <summary>Tensors one after the other.</summary>
    public static string Joined(this GradientContext context, IReadOnlyList<string> tensors, long axis) =>
        tensors.Count == 1 ? tensors[0] : context.Emit("Concat", tensors, GraphBuilder.Int("axis", axis));

    /// <summary>Zeros in the shape of a tensor.</summary>
    public static string ZerosLike(this GradientContext context, string tensor) => context.Emit("ConstantOfShape", [context.ShapeOf(tensor)]);

    /// <summary>As many axes as asked for, from the first on.</summary>
    public static long[] Axes(int first, int count) => [.. Enumerable.Range(first, count).Select(axis => (long)axis)];

    /// <summary>The product of sizes.</summary>
    public static long Count(IEnumerable<long> sizes) => sizes.Aggregate(1L, (product, size) => product * size);

    /// <summary>The sizes of a tensor from an axis on, which have to be fixed.</summary>
    /// <exception cref="FeatureTransferException">They are free.</exception>
    public static long[] KnownSizes(this GradientContext context, string tensor, int from)
    {
        var shape = context.Shape(tensor);
        if (shape is null || shape.Length < from || shape.Skip(from).Any(size => size is null))
            throw context.Unsupported($"the sizes of '{tensor}' are free, but its gradient depends on them; give the model's input a fixed height and width");
        return [.. shape.Skip(from).Select(size => size!.Value)];
    }
}
