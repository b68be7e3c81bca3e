namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of resizing. Nearest, linear and cubic interpolation are linear maps along each axis; the matrix of an axis is what
/// the operator itself makes of the identity, so that every rounding rule is the forward pass's own. The gradient is multiplied by
/// the transposed matrices.
/// </summary>
internal sealed class ResizeGradient : IOperatorGradient
{
    private const int Scales = 2;

    /// <inheritdoc/>
    public string Operator => "Resize";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        if (context.Text("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize")
            throw context.Unsupported("it crops by a region of interest");
        var rank = context.Rank(context.Input(0));
        var (from, to) = (context.Facts(context.Input(0)).First, context.Facts(context.Output(0)).First);
        for (var axis = 0; axis < rank; axis++)
        {
            if (from?[axis] != to?[axis])
                gradient = Along(context, gradient, axis, rank);
        }

        context.Accumulate(0, gradient);
    }

    private static string Along(GradientContext context, string gradient, int axis, int rank)
    {
        var backward = context.LastTwoExchanged(Matrix(context, axis), 2);
        if (axis == rank - 1)
            return context.Product(gradient, backward);
        var order = TensorEmissions.Axes(0, rank);
        (order[axis], order[^1]) = (order[^1], order[axis]);
        return context.Transposed(context.Product(context.Transposed(gradient, order), backward), order);
    }

    // (input, output): row i is what an image row with a single one at i becomes.
    private static string Matrix(GradientContext context, int axis)
    {
        var input = context.KnownSizes(context.Input(0), axis)[0];
        var output = context.KnownSizes(context.Output(0), axis)[0];
        var ones = new float[input * input];
        for (var i = 0L; i < input; i++)
            ones[(i * input) + i] = 1;
        var identity = context.Reshaped(context.Floats(ones), 1, 1, input, input);
        var attributes = context.Node.Attribute.Where(attribute => attribute.Name is not ("axes" or "keep_aspect_ratio_policy"));
        var resized = context.Emit("Resize", [identity, .. Targets(context, axis, input, output)], [.. attributes]);
        return context.Reshaped(resized, input, output);
    }

    // With scales, coordinates follow from the scale as given, not from the sizes, which were rounded.
    private static string[] Targets(GradientContext context, int axis, long input, long output)
    {
        if (!context.HasInput(Scales))
            return ["", "", context.Ints(1, 1, input, output)];
        var axes = context.IntList("axes") ?? TensorEmissions.Axes(0, context.Rank(context.Input(0)));
        var place = Array.FindIndex(axes, named => named == axis || named + context.Rank(context.Input(0)) == axis);
        var scale = context.ConstantFloats(context.Input(Scales))?[place] ?? throw context.Unsupported("its scales are computed; they have to be constants");
        return ["", Singles(context, 1, 1, 1, scale)];
    }

    private static string Singles(GradientContext context, params float[] values) => context.Constant(TensorValues.Floats(TensorProto.Types.DataType.Float, values, values.Length));
}
