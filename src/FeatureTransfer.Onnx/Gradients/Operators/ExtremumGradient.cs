namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>An operator that chooses one of its inputs for each element.</summary>
internal abstract class ExtremumGradient(string name) : BroadcastGradient(name)
{
    protected override string? Derive(GradientContext context, string gradient, int input)
    {
        var chosen = IsChosen(context, input);
        for (var earlier = 0; earlier < input; earlier++)
            chosen = context.Emit("And", [chosen, context.Emit("Not", [IsChosen(context, earlier)])]);
        return context.KeepWhere(chosen, gradient);
    }

    private static string IsChosen(GradientContext context, int input) => context.Emit("Equal", [context.Input(input), context.Output(0)]);
}
