using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>The shapes of what the gradients add, for the operators they use most; null where a rule is missing.</summary>
internal static class ShapeRules
{
    /// <summary>The shape of the first output of a node.</summary>
    public static long[]? Infer(NodeProto node, Func<string, long[]?> shape, Func<string, long[]?> ints)
    {
        long[]? Input(int i) => i < node.Input.Count && node.Input[i].Length > 0 ? shape(node.Input[i]) : null;
        long[]? Numbers(int i) => i < node.Input.Count && node.Input[i].Length > 0 ? ints(node.Input[i]) : null;
        return node.OpType switch
        {
            "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Min" or "Max" or "Sum" or "Mean" or "Where" or "Equal" or "Greater" or "Less"
                or "GreaterOrEqual" or "LessOrEqual" or "And" or "Or" or "Xor" => Broadcast(node.Input.Select(shape)),
            "Neg" or "Abs" or "Sign" or "Exp" or "Log" or "Sqrt" or "Reciprocal" or "Sigmoid" or "Tanh" or "Erf" or "Relu" or "Clip" or "Cast" or "Not"
                or "Identity" or "Softmax" or "LogSoftmax" or "HardSigmoid" or "Floor" or "ScatterElements" or "ScatterND" or "Cos" or "Sin" => Input(0),
            "Transpose" => Input(0) is { } x ? Permute(x, node.Ints("perm")) : null,
            "MatMul" => MatMul(Input(0), Input(1)),
            "Reshape" => Reshape(Input(0), Numbers(1), node.Int("allowzero", 0) == 1),
            "Expand" => Numbers(1) is { } sizes ? Broadcast([Input(0), sizes]) : null,
            "Unsqueeze" => Unsqueeze(Input(0), Numbers(1)),
            "Squeeze" => Squeeze(Input(0), Numbers(1)),
            "ReduceSum" or "ReduceMean" or "ReduceMax" or "ReduceMin" or "ReduceSumSquare" =>
                Reduce(Input(0), node.Input.Count > 1 ? Numbers(1) : [], node.Int("keepdims", 1) == 1),
            "Concat" => Concat([.. node.Input.Select(shape)], node.Int("axis", 0)),
            "Pad" => node.Input.Count < 4 ? Pad(Input(0), Numbers(1)) : null,
            "Shape" => Input(0) is { } x ? [x.Length] : null,
            "ConstantOfShape" => Numbers(0),
            _ when node.Domain == KernelOperators.Domain => KernelOperators.OutputShape(node, [.. node.Input.Select(shape)]),
            _ => null,
        };
    }

    /// <summary>The shape that broadcasting these makes, or null.</summary>
    public static long[]? Broadcast(IEnumerable<long[]?> shapes)
    {
        long[] result = [];
        foreach (var shape in shapes)
        {
            if (shape is null)
                return null;
            var (longer, shorter) = shape.Length > result.Length ? (shape.ToArray(), result) : (result, shape);
            for (var i = 1; i <= shorter.Length; i++)
                longer[^i] = longer[^i] == 1 ? shorter[^i] : longer[^i];
            result = longer;
        }

        return result;
    }

    /// <summary>Axes counted from the front.</summary>
    public static long[] FromFront(IEnumerable<long> axes, int rank) => [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];

    private static long[] Permute(long[] shape, long[]? order) => order is null ? [.. shape.Reverse()] : [.. order.Select(axis => shape[axis])];

    private static long[]? MatMul(long[]? left, long[]? right)
    {
        if (left is not { Length: >= 2 } || right is not { Length: >= 2 } || Broadcast([left[..^2], right[..^2]]) is not { } batch)
            return null;
        return [.. batch, left[^2], right[^1]];
    }

    private static long[]? Reshape(long[]? shape, long[]? wanted, bool zeroIsZero)
    {
        if (shape is null || wanted is null)
            return null;
        var result = wanted.ToArray();
        for (var i = 0; i < result.Length; i++)
        {
            if (result[i] == 0 && !zeroIsZero)
                result[i] = shape[i];
        }

        var open = Array.IndexOf(result, -1);
        if (open >= 0)
            result[open] = TensorValues.Count(shape) / TensorValues.Count(result.Where(size => size > 0));
        return result;
    }

    private static long[]? Unsqueeze(long[]? shape, long[]? axes)
    {
        if (shape is null || axes is null)
            return null;
        var result = shape.ToList();
        foreach (var axis in FromFront(axes, shape.Length + axes.Length).Order())
            result.Insert((int)axis, 1);
        return [.. result];
    }

    private static long[]? Squeeze(long[]? shape, long[]? axes)
    {
        if (shape is null || axes is null)
            return null;
        var gone = FromFront(axes, shape.Length);
        return [.. shape.Where((_, axis) => !gone.Contains(axis))];
    }

    private static long[]? Reduce(long[]? shape, long[]? axes, bool keep)
    {
        if (shape is null || axes is null)
            return null;
        var gone = axes.Length == 0 ? [.. Enumerable.Range(0, shape.Length).Select(axis => (long)axis)] : FromFront(axes, shape.Length);
        return keep
            ? [.. shape.Select((size, axis) => gone.Contains(axis) ? 1 : size)]
            : [.. shape.Where((_, axis) => !gone.Contains(axis))];
    }

    private static long[]? Concat(long[]?[] shapes, long axis)
    {
        if (shapes.Contains(null))
            return null;
        var result = shapes[0]!.ToArray();
        axis = axis < 0 ? axis + result.Length : axis;
        result[axis] = shapes.Sum(shape => shape![axis]);
        return result;
    }

    private static long[]? Pad(long[]? shape, long[]? pads) => shape is null || pads is null
        ? null
        : [.. shape.Select((size, axis) => size + pads[axis] + pads[axis + shape.Length])];
}
