using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Export;

/// <summary>What becomes of decoded pixels, as nodes: <c>(pixel * Scale - Mean[c]) / Std[c]</c>, the order of channels and that of axes.</summary>
internal static class PixelNodes
{
    /// <summary>From (batch, height, width, 3) bytes in red, green, blue to what a network reads.</summary>
    public static string Add(GraphBuilder builder, string pixels, ImagePreprocessing preprocessing)
    {
        var channelsFirst = preprocessing.Layout == TensorLayout.Nchw;
        var tensor = pixels;
        if (preprocessing.Channels == ChannelOrder.Bgr)
            tensor = builder.Node("Gather", Name("bgr"), [tensor, builder.Constant(Name("order"), [2L, 1L, 0L], 3)], GraphBuilder.Int("axis", 3));
        if (channelsFirst)
            tensor = builder.Node("Transpose", Name("planes"), [tensor], GraphBuilder.Ints("perm", 0, 3, 1, 2));
        tensor = builder.Node("Cast", Name("floats"), [tensor], GraphBuilder.Int("to", (long)Onnx.Proto.TensorProto.Types.DataType.Float));
        long[] shape = channelsFirst ? [3, 1, 1] : [3];
        tensor = Step("Mul", "scale", [.. Enumerable.Repeat(preprocessing.Scale, 3)], 1);
        tensor = Step("Sub", "mean", preprocessing.Mean, 0);
        return Step("Div", "std", preprocessing.Std, 1);

        string Name(string what) => builder.Unused($"{pixels}/{what}");

        string Step(string op, string what, IReadOnlyList<float> values, float nothing) => values.All(value => value == nothing)
            ? tensor
            : builder.Node(op, Name($"{what}_applied"), [tensor, builder.Constant(Name(what), [.. values], shape)]);
    }
}
