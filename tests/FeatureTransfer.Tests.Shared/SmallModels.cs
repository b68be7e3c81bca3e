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

    /// <summary>x (batch, 3, 4, 4) -> means (batch, 3), of each channel.</summary>
    public static OnnxModel ChannelMeans()
    {
        var builder = new GraphBuilder("channel_means");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 4, 4));
        builder.Node("GlobalAveragePool", "average", ["x"]);
        builder.Node("Flatten", "means", ["average"]);
        var model = Finish(builder, "means");
        model.Proto.Graph.Output[0].Type = GraphBuilder.FloatValue("means", -1, 3).Type;
        return new OnnxModel(model.Proto, model.Name);
    }

    /// <summary>samples (batch, 1600) -> block_5 (batch, 8), how much there is of eight frequencies -> strong -> windows (batch, 6).</summary>
    public static OnnxModel Sounds()
    {
        var builder = new GraphBuilder("sounds");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("samples"), -1, 1600));
        var waves = Enumerable.Range(0, 1600 * 8).Select(i => MathF.Sin(MathF.Tau * (i / 8) * ((i % 8) + 1) * 150 / 16000) / 40).ToArray();
        var mixed = Enumerable.Range(0, 8 * 6).Select(i => MathF.Cos(i)).ToArray();
        builder.Node("MatMul", "block_5", ["samples", builder.Constant("waves", waves, 1600, 8)]);
        builder.Node("Relu", "strong", ["block_5"]);
        builder.Node("MatMul", "windows", ["strong", builder.Constant("mixed", mixed, 8, 6)]);
        return Finish(builder, "windows");
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

    /// <summary>
    /// x (batch, 3, 64, 64), halved to pool1 (32), pool2 (16), pool3 (8) and pool4 (4), each as act1 to act4 behind it, act2 with a shortcut around
    /// it as block2 -> mean (batch, 3, 1, 1) -> flat (batch, 3) -> scores (batch, 5) -> probabilities.
    /// </summary>
    public static OnnxModel Stages(long height = 64, long width = 64, float factor = 2)
    {
        var builder = new GraphBuilder("stages");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, height, width));
        builder.Constant("factor", [factor]);
        for (var stage = 1; stage <= 4; stage++)
        {
            builder.Node("AveragePool", $"pool{stage}", [stage switch { 1 => "x", 3 => "block2", _ => $"act{stage - 1}" }], GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Ints("strides", 2, 2));
            builder.Node("Mul", $"act{stage}", [$"pool{stage}", "factor"]);
            if (stage == 2)
                builder.Node("Add", "block2", ["act2", "pool2"]);
        }

        builder.Node("GlobalAveragePool", "mean", ["act4"]);
        builder.Node("Flatten", "flat", ["mean"]);
        builder.Node("Gemm", "scores", ["flat", builder.Constant("dense", new float[15], 3, 5)]);
        builder.Node("Softmax", "probabilities", ["scores"]);
        return Finish(builder, "probabilities");
    }

    /// <summary>x (batch, 3, 8, 8) -> patches (batch, 4, 2, 2) -> tokens (batch, 4, 4) -> sum0 -> sum1 to sum4, each a residual -> first token -> scores (batch, 5).</summary>
    public static OnnxModel Transformer()
    {
        var builder = new GraphBuilder("transformer");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 8, 8));
        builder.Node("Conv", "patches", ["x", builder.Constant("w", new float[4 * 3 * 16], 4, 3, 4, 4)], GraphBuilder.Ints("strides", 4, 4));
        builder.Node("Reshape", "columns", ["patches", builder.Constant("shape", [0L, 4L, -1L], 3)]);
        builder.Node("Transpose", "tokens", ["columns"], GraphBuilder.Ints("perm", 0, 2, 1));
        builder.Node("Add", "sum0", ["tokens", builder.Constant("positions", new float[16], 1, 4, 4)]);
        for (var block = 1; block <= 4; block++)
        {
            builder.Node("MatMul", $"product{block}", [$"sum{block - 1}", builder.Constant($"w{block}", new float[16], 4, 4)]);
            builder.Node("Add", $"biased{block}", [$"product{block}", builder.Constant($"b{block}", new float[4], 4)]);
            builder.Node("Add", $"sum{block}", [$"sum{block - 1}", $"biased{block}"]);
        }

        builder.Node("Gather", "first", ["sum4", builder.Constant("zero", [0L])], GraphBuilder.Int("axis", 1));
        builder.Node("Gemm", "scores", ["first", builder.Constant("dense", new float[20], 4, 5)]);
        return Finish(builder, "scores");
    }

    private static OnnxModel Finish(GraphBuilder builder, string output)
    {
        builder.Graph.Output.Add(new ValueInfoProto { Name = output });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, builder.Graph.Name);
    }

    /// <summary>A CenterNet of images of 4 x 8: its heatmaps <c>h</c> are the red and the green of the pixels, its sides <c>s</c> 2, 1, 1 and 1 pixels away.</summary>
    public static OnnxModel Cells()
    {
        var builder = new GraphBuilder("cells");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 4, 8));
        builder.Node("Conv", "h", ["x", builder.Constant("red and green", [1f, 0, 0, 0, 1, 0], 2, 3, 1, 1)]);
        builder.Node("Conv", "s", ["x", builder.Constant("nothing", new float[12], 4, 3, 1, 1), builder.Constant("sides", [2f, 1, 1, 1], 4)]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("h", -1, 2, 4, 8));
        builder.Graph.Output.Add(GraphBuilder.FloatValue("s", -1, 4, 4, 8));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "cells");
    }
}
