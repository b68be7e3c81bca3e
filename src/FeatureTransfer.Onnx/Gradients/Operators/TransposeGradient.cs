namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The inverse permutation.</summary>
internal sealed class TransposeGradient() : UnaryGradient("Transpose")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        if (context.IntList("perm") is not { } order)
            return context.Emit("Transpose", [gradient]);
        var inverse = new long[order.Length];
        for (var i = 0; i < order.Length; i++)
            inverse[order[i]] = i;
        return context.Emit("Transpose", [gradient], GraphBuilder.Ints("perm", inverse));
    }
}
