namespace FeatureTransfer.Graphs.Gradients.Operators;

/// <summary>1 where the value was left as it is. The limits do not learn.</summary>
internal sealed class ClipGradient() : UnaryGradient("Clip")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.KeepWhere(context.Emit("Equal", [context.Input(0), context.Output(0)]), gradient);
}
