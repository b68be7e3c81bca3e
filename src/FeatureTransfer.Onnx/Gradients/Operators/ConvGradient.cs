namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a convolution, in any number of dimensions.</summary>
internal sealed class ConvGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "Conv";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var convolution = Convolution.Of(context, context.Input(0), context.Output(0), context.Input(1));
        if (context.Needs(0))
            context.Accumulate(0, ConvolutionInputGradient.Emit(context, convolution, gradient, context.Input(1)));
        if (context.Needs(1))
            context.Accumulate(1, ConvolutionWeightGradient.Emit(context, convolution, context.Input(0), gradient));
        if (context.Needs(2))
            context.Accumulate(2, context.Sum(ChannelRows.Of(context, gradient, convolution.Outputs, convolution.Windows.Rank), [1], keep: false));
    }
}
