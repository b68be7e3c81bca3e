namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of a sum of products in Einstein's notation: the same sum with the operand and the output exchanged. An index that
/// only the operand has was summed away; its gradient is repeated along it.
/// </summary>
internal sealed class EinsumGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "Einsum";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var operands = Enumerable.Range(0, context.InputCount).Select(context.Input).ToList();
        var equation = EinsumEquation.Parse(context.Text("equation", ""), [.. operands.Select(context.Rank)], context.Rank(context.Output(0)));
        if (equation.Inputs.Any(indices => indices.Distinct().Count() != indices.Length))
            throw context.Unsupported("it takes a diagonal: an index stands twice in one operand");
        for (var i = 0; i < operands.Count; i++)
        {
            if (context.Needs(i))
                context.Accumulate(i, Operand(context, equation, gradient, operands, i));
        }
    }

    private static string Operand(GradientContext context, EinsumEquation equation, string gradient, List<string> operands, int input)
    {
        var others = Enumerable.Range(0, operands.Count).Where(other => other != input).ToList();
        var indices = equation.Inputs[input];
        var known = equation.Output.Concat(others.SelectMany(other => equation.Inputs[other])).ToHashSet();
        var reached = new string([.. indices.Where(known.Contains)]);
        var left = string.Join(',', others.Select(other => equation.Inputs[other]).Prepend(equation.Output));
        var result = context.Emit("Einsum", [gradient, .. others.Select(other => operands[other])], GraphBuilder.Text("equation", $"{left}->{reached}"));
        if (reached.Length == indices.Length)
            return context.ReduceTo(result, operands[input]);
        long[] missing = [.. Enumerable.Range(0, indices.Length).Where(axis => !known.Contains(indices[axis])).Select(axis => (long)axis)];
        return context.Emit("Expand", [context.Emit("Unsqueeze", [result, context.Ints(missing)]), context.ShapeOf(operands[input])]);
    }
}
