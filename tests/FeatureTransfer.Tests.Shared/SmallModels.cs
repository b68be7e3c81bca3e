using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Models small enough to compute by hand.</summary>
internal static class SmallModels
{
    /// <summary>x (batch, 2, 2, 2) -> twice = 2 x -> minus = twice - 1 -> flat (batch, 8).</summary>
    public static OnnxModel Image(long batch = -1)
    {
        var builder = new GraphBuilder("image");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), batch, 2, 2, 2));
        builder.Node("Mul", "twice", ["x", builder.Constant("two", [2f])]);
        builder.Node("Sub", "minus", ["twice", builder.Constant("one", [1f])]);
        builder.Node("Reshape", "flat", ["minus", builder.Constant("flat_shape", [batch < 0 ? 0L : batch, -1L], 2)]);
        return Finish(builder, "flat");
    }

    /// <summary>x (batch, 2) -> features = 2 x -> scores = -features.</summary>
    public static OnnxModel WithFeatures()
    {
        var builder = new GraphBuilder("with_features");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 2));
        builder.Node("Add", "features", ["x", "x"]);
        builder.Node("Neg", "scores", ["features"]);
        return Finish(builder, "scores");
    }

    /// <summary>x (batch, 3, 2) tokens -> negated.</summary>
    public static OnnxModel Tokens()
    {
        var builder = new GraphBuilder("tokens");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 2));
        builder.Node("Neg", "negated", ["x"]);
        return Finish(builder, "negated");
    }

    /// <summary>x (1, 2, 2, 2) -> Reshape to (2, 4), which mixes rows with channels: its batch cannot be freed.</summary>
    public static OnnxModel Mixing()
    {
        var builder = new GraphBuilder("mixing");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 2, 2, 2));
        builder.Node("Reshape", "mixed", ["x", builder.Constant("shape", [2L, 4L], 2)]);
        builder.Node("Relu", "relu", ["mixed"]);
        return Finish(builder, "relu");
    }

    /// <summary>x (batch, 3, 8, 8) -> conv (batch, 4, 8, 8), 3 x 3 -> pooled (batch, 4) -> scores (batch, 5).</summary>
    public static OnnxModel Convolution()
    {
        var builder = new GraphBuilder("convolution");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 8, 8));
        builder.Node("Conv", "conv", ["x", builder.Constant("w", new float[4 * 3 * 9], 4, 3, 3, 3), builder.Constant("b", new float[4], 4)], GraphBuilder.Ints("pads", 1, 1, 1, 1));
        builder.Node("GlobalAveragePool", "average", ["conv"]);
        builder.Node("Flatten", "pooled", ["average"]);
        builder.Node("Gemm", "scores", ["pooled", builder.Constant("dense", new float[20], 4, 5)]);
        return Finish(builder, "scores");
    }

    /// <summary>x (batch, 3, 4, 4) -> times = factor x -> shifted = times + 1: images whose features can be told from their colour.</summary>
    public static OnnxModel Colours(float factor = 2)
    {
        var builder = new GraphBuilder("colours");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 4, 4));
        builder.Node("Mul", "times", ["x", builder.Constant("factor", [factor])]);
        builder.Node("Add", "shifted", ["times", builder.Constant("one", [1f])]);
        return Finish(builder, "shifted");
    }

    /// <summary>x (1, 3, 4, 4) -> whole = x - its mean over all of the batch -> outer = whole + 1: its rows depend on one another.</summary>
    public static OnnxModel OneImageOnly()
    {
        var builder = new GraphBuilder("one_image_only");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 3, 4, 4));
        builder.Node("ReduceMean", "mean", ["x"]);
        builder.Node("Sub", "whole", ["x", "mean"]);
        builder.Node("Add", "outer", ["whole", builder.Constant("one", [1f])]);
        return Finish(builder, "outer");
    }

    /// <summary>x (batch, 4, 4, 3) -> first (batch, 3, 4, 4), for images whose channels come last.</summary>
    public static OnnxModel ChannelsLast()
    {
        var builder = new GraphBuilder("channels_last");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 4, 4, 3));
        builder.Node("Transpose", "first", ["x"], GraphBuilder.Ints("perm", 0, 3, 1, 2));
        return Finish(builder, "first");
    }

    /// <summary>x (batch, 2, 2, 2) -> shape, as a tensor -> turned = x in that shape: a shape that is known only by running.</summary>
    public static OnnxModel ComputedShape()
    {
        var builder = new GraphBuilder("computed_shape");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 2, 2, 2));
        builder.Node("NonZero", "places", [builder.Constant("ones", [1f, 1f, 1f], 3)]);
        builder.Node("Shape", "counts", ["places"]);
        builder.Node("Expand", "wide", [builder.Constant("value", [5f]), "counts"]);
        builder.Node("ReduceSum", "sum", ["x"], GraphBuilder.Int("keepdims", 0));
        builder.Node("Add", "joined", ["wide", "sum"]);
        return Finish(builder, "joined");
    }

    private static OnnxModel Finish(GraphBuilder builder, string output)
    {
        builder.Graph.Output.Add(new ValueInfoProto { Name = output });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, builder.Graph.Name);
    }
}
