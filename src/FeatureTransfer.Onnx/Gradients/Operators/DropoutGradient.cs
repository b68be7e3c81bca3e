namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of dropout. Outside training it is the identity; in training the gradient passes where the value passed, and grows as
/// the value did. Which values passed is read from the mask of the forward node, as drawing again would give others.
/// </summary>
internal sealed class DropoutGradient : IOperatorGradient
{
    private const int Ratio = 1;
    private const int Training = 2;

    /// <inheritdoc/>
    public string Operator => "Dropout";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        context.Accumulate(0, context.HasInput(Training) ? Masked(context, gradient) : gradient);
    }

    private static string Masked(GradientContext context, string gradient)
    {
        var ratio = context.HasInput(Ratio) ? context.Input(Ratio) : context.Scalar(0.5f);
        var growth = context.Emit("Reciprocal", [context.Minus(context.Scalar(1), ratio)]);
        var mask = context.Emit("Cast", [context.ForwardOutput(1)], GraphBuilder.Int("to", (long)context.Type(context.Input(0))));
        var passed = context.Times(context.Times(gradient, mask), growth);
        return context.Emit("Where", [context.Input(Training), passed, gradient]);
    }
}
