namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>Writes the nodes of a TensorFlow graph as ONNX nodes, one method a kind of node.</summary>
internal sealed class GraphNodeWriter(GraphBuilder builder, IReadOnlyDictionary<string, LayersModelWeight> weights)
{
    private readonly Dictionary<string, ImageShape> _shapes = new(StringComparer.Ordinal);

    /// <summary>The shape of a tensor that was written, of a free batch.</summary>
    /// <exception cref="FormatException">Nothing computes it.</exception>
    public long[] Shape(string name)
    {
        var (channels, height, width) = Read(name);
        return [-1, channels, height, width];
    }

    /// <summary>Writes one node.</summary>
    /// <exception cref="FormatException">It is of a kind that is not known, or does not fit what it reads.</exception>
    public void Write(GraphModelNode node)
    {
        if (_shapes.ContainsKey(node.Name))
            throw new FormatException($"Two nodes are called '{node.Name}'.");
        _shapes[node.Name] = node.Op switch
        {
            "Placeholder" => Input(node),
            "Conv2D" or "_FusedConv2D" => Convolution(node, depthwise: false),
            "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative" => Convolution(node, depthwise: true),
            "Add" or "AddV2" => Binary(node, "Add"),
            "Mul" => Binary(node, "Mul"),
            "Mean" => Mean(node),
            "ResizeBilinear" => Resize(node),
            "ConcatV2" => Concatenate(node),
            "Identity" or "Relu" or "Relu6" or "Sigmoid" => Activation(node.Op, node.Name, node.Inputs[0]),
            var kind => throw new FormatException($"Node '{node.Name}' is a {kind}, which the importer does not know."),
        };
    }

    private ImageShape Input(GraphModelNode node)
    {
        if (node.Shape("shape") is not [_, > 0 and var height, > 0 and var width, > 0 and var channels])
            throw new FormatException($"The input '{node.Name}' has the shape ({string.Join(", ", node.Shape("shape"))}). Expected (batch, height, width, channels), of which only the batch is open.");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(node.Name), -1, channels, height, width));
        return new ImageShape(channels, height, width);
    }

    private ImageShape Convolution(GraphModelNode node, bool depthwise)
    {
        var kernel = Constant(node, 1, rank: 4);
        var (strides, dilations) = (node.Pair("strides"), node.Pair("dilations"));
        var shape = Read(node.Inputs[0]).Convolved(node, kernel.Shape, strides, dilations, depthwise);
        var (height, width, inputs, outputs) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        List<string> operands = [node.Inputs[0], builder.Constant($"{node.Name}/kernel", ChannelsFirst.Kernel(kernel, depthwise), depthwise ? [inputs * outputs, 1, height, width] : [outputs, inputs, height, width])];
        var (hasBias, activation) = node.Texts("fused_ops") switch
        {
            [] => (false, null),
            ["BiasAdd"] => (true, null),
            ["BiasAdd", ("Relu" or "Relu6" or "Sigmoid") and var kind] => (true, kind),
            var fused => throw new FormatException($"Node '{node.Name}' has {string.Join(" and ", fused)} in it, which the importer does not know."),
        };
        if (hasBias)
            operands.Add(Bias(node, shape.Channels));
        var output = builder.Node(
            "Conv",
            activation is null ? node.Name : builder.Unused($"{node.Name}/before"),
            operands,
            GraphBuilder.Ints("kernel_shape", height, width),
            GraphBuilder.Ints("strides", strides.Height, strides.Width),
            GraphBuilder.Ints("dilations", dilations.Height, dilations.Width),
            GraphBuilder.Int("group", depthwise ? inputs : 1),
            GraphBuilder.Text("auto_pad", node.Text("padding") == "SAME" ? "SAME_UPPER" : "VALID"));
        _shapes[output] = shape;
        return activation is null ? shape : Activation(activation, node.Name, output);
    }

    private string Bias(GraphModelNode node, long channels) => Constant(node, 2, rank: 1).Values is var values && values.Length == channels
        ? builder.Constant($"{node.Name}/bias", values, channels)
        : throw new FormatException($"Node '{node.Name}' has {values.Length} biases for {channels} channels.");

    private ImageShape Binary(GraphModelNode node, string op)
    {
        if (node.Inputs.Count != 2)
            throw new FormatException($"Node '{node.Name}' has {node.Inputs.Count} inputs. Expected two.");
        ImageShape? shape = null;
        var operands = new List<string>();
        foreach (var input in node.Inputs)
        {
            var operand = weights.TryGetValue(input, out var weight) ? Broadcast(node, input, weight, operands) : Added(operands, input);
            shape = shape is { } first ? first.With(node, operand) : operand;
        }

        builder.Node(op, node.Name, operands);
        return shape!.Value;
    }

    private ImageShape Added(List<string> operands, string input)
    {
        operands.Add(input);
        return Read(input);
    }

    // A constant runs along the last axis, the channels, which ONNX has before height and width.
    private ImageShape Broadcast(GraphModelNode node, string input, LayersModelWeight weight, List<string> operands)
    {
        if (weight.Shape.Length > 1)
            throw new FormatException($"Node '{node.Name}' reads the constant '{input}' of {weight.Shape.Length} axes. Expected one number, or one for each channel.");
        operands.Add(builder.Constant(input, weight.Values, weight.Values.Length, 1, 1));
        return new ImageShape(weight.Values.Length, 1, 1);
    }

    private ImageShape Mean(GraphModelNode node)
    {
        if (!node.Flag("keep_dims") || Constant(node, 1, rank: 1).Values is not [1, 2])
            throw new FormatException($"Node '{node.Name}' is a mean over other axes than height and width, or drops them; the importer does not know that.");
        builder.Node("GlobalAveragePool", node.Name, [node.Inputs[0]]);
        return Read(node.Inputs[0]) with { Height = 1, Width = 1 };
    }

    private ImageShape Resize(GraphModelNode node)
    {
        var before = Read(node.Inputs[0]);
        if (Constant(node, 1, rank: 1).Values is not [>= 1 and var height, >= 1 and var width] || height % before.Height != 0 || width % before.Width != 0 || node.Flag("align_corners"))
            throw new FormatException($"Node '{node.Name}' resizes to other sizes than multiples, or aligns corners; the importer does not know that.");
        var scales = builder.Constant($"{node.Name}/scales", [1, 1, height / before.Height, width / before.Width], 4);
        builder.Node(
            "Resize",
            node.Name,
            [node.Inputs[0], "", scales],
            GraphBuilder.Text("mode", "linear"),
            GraphBuilder.Text("coordinate_transformation_mode", node.Flag("half_pixel_centers") ? "half_pixel" : "asymmetric"));
        return before with { Height = (long)height, Width = (long)width };
    }

    private ImageShape Concatenate(GraphModelNode node)
    {
        if (node.Inputs.Count < 2 || Constant(node, node.Inputs.Count - 1, rank: 0).Values is not [3 or -1])
            throw new FormatException($"Node '{node.Name}' joins along another axis than the channels; the importer does not know that.");
        var parts = node.Inputs.SkipLast(1).Select(Read).ToList();
        if (parts.Exists(part => part with { Channels = 0 } != parts[0] with { Channels = 0 }))
            throw new FormatException($"Node '{node.Name}' joins images of different sizes.");
        builder.Node("Concat", node.Name, node.Inputs.SkipLast(1), GraphBuilder.Int("axis", 1));
        return parts[0] with { Channels = parts.Sum(part => part.Channels) };
    }

    private ImageShape Activation(string kind, string name, string input)
    {
        var shape = Read(input);
        if (kind == "Relu6")
            builder.Node("Clip", name, [input, builder.Constant($"{name}/min", [0f]), builder.Constant($"{name}/max", [6f])]);
        else
            builder.Node(kind, name, [input]);
        return shape;
    }

    private ImageShape Read(string name) => _shapes.TryGetValue(name, out var shape) ? shape : throw new FormatException($"The tensor '{name}' is read, and nothing before computes it.");

    private LayersModelWeight Constant(GraphModelNode node, int input, int rank) =>
        node.Inputs.Count > input && weights.TryGetValue(node.Inputs[input], out var weight) && weight.Shape.Length == rank
            ? weight
            : throw new FormatException($"Input {input} of node '{node.Name}' is no constant of {rank} axes; the importer does not know that.");
}
