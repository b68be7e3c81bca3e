using System.Text.Json.Nodes;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>Writes Keras layers as ONNX nodes, one method a kind of layer.</summary>
internal sealed class KerasLayerWriter(GraphBuilder builder, IReadOnlyDictionary<string, LayersModelWeight> weights)
{
    private readonly Dictionary<string, int> _ranks = new(StringComparer.Ordinal);

    /// <summary>Writes one layer and returns the name of its output, which is the layer's name.</summary>
    /// <param name="layer">The layer as the topology tells of it.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The tensors that it is fed.</param>
    /// <exception cref="FormatException">The layer is of a kind that is not known.</exception>
    public string Write(JsonObject layer, string name, IReadOnlyList<string> inputs)
    {
        var config = layer["config"]!.AsObject();
        _ranks[name] = inputs.Count > 0 ? _ranks[inputs[0]] : 4;
        return (string)layer["class_name"]! switch
        {
            "InputLayer" => WriteInput(name, config),
            "Conv2D" => Convolution(name, inputs[0], config, "kernel", depthwise: false),
            "DepthwiseConv2D" => Convolution(name, inputs[0], config, "depthwise_kernel", depthwise: true),
            "BatchNormalization" => BatchNormalization(name, inputs[0], config),
            "ReLU" => Relu(name, inputs[0], config),
            "Activation" => Activation(name, inputs[0], (string)config["activation"]!),
            "Softmax" => Activation(name, inputs[0], "softmax"),
            "ZeroPadding2D" => ZeroPadding(name, inputs[0], config),
            "MaxPooling2D" => Pool("MaxPool", name, inputs[0], config),
            "AveragePooling2D" => Pool("AveragePool", name, inputs[0], config),
            "GlobalAveragePooling2D" => GlobalPool("GlobalAveragePool", name, inputs[0]),
            "GlobalMaxPooling2D" => GlobalPool("GlobalMaxPool", name, inputs[0]),
            "Add" => Add(name, inputs),
            "Concatenate" => Concatenate(name, inputs, config),
            "Dropout" => builder.Node("Identity", name, inputs),
            "Flatten" => Flatten(name, inputs[0]),
            "Dense" => Dense(name, inputs[0], config),
            var kind => throw new FormatException($"Layer '{name}' is a {kind}, which the importer does not know."),
        };
    }

    /// <summary>Writes an input of the graph; images are (batch, channels, height, width).</summary>
    public string WriteInput(string name, JsonObject config)
    {
        var shape = config["batch_input_shape"]!.AsArray();
        var sizes = shape.Select(size => size is null ? -1L : (long)size.GetValue<double>()).ToArray();
        _ranks[name] = sizes.Length;
        long[] onnx = sizes.Length == 4 ? [-1, sizes[3], sizes[1], sizes[2]] : [-1, .. sizes[1..]];
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(name), onnx));
        return name;
    }

    private string Convolution(string name, string input, JsonObject config, string kernelName, bool depthwise)
    {
        ChannelsLast(name, config);
        var kernel = Weight(name, kernelName);
        var (height, width, inputs, outputs) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        var values = builder.Constant(
            $"{name}/{kernelName}",
            ChannelsFirst.Kernel(kernel, depthwise),
            depthwise ? [inputs * outputs, 1, height, width] : [outputs, inputs, height, width]);
        List<string> operands = [input, values];
        if (FindWeight(name, "bias") is { } bias)
            operands.Add(builder.Constant($"{name}/bias", bias.Values, bias.Shape));
        return Activated(name, config, output => builder.Node(
            "Conv",
            output,
            operands,
            GraphBuilder.Ints("kernel_shape", height, width),
            GraphBuilder.Ints("strides", Pair(config, "strides")),
            GraphBuilder.Ints("dilations", Pair(config, "dilation_rate")),
            GraphBuilder.Int("group", depthwise ? inputs : 1),
            Padding(config)));
    }

    private string BatchNormalization(string name, string input, JsonObject config)
    {
        var mean = Weight(name, "moving_mean");
        var count = mean.Values.Length;
        string Vector(string part, float missing)
        {
            var values = FindWeight(name, part)?.Values ?? Filled(count, missing);
            return builder.Constant($"{name}/{part}", values, count);
        }

        return builder.Node(
            "BatchNormalization",
            name,
            [input, Vector("gamma", 1), Vector("beta", 0), Vector("moving_mean", 0), Vector("moving_variance", 1)],
            GraphBuilder.Float("epsilon", (float)config["epsilon"]!.GetValue<double>()));
    }

    private string Relu(string name, string input, JsonObject config)
    {
        if (config["negative_slope"]?.GetValue<double>() is not (null or 0) || config["threshold"]?.GetValue<double>() is not (null or 0))
            throw new FormatException($"Layer '{name}' is a ReLU with a slope or a threshold, which the importer does not know.");
        if (config["max_value"] is not { } maximum)
            return builder.Node("Relu", name, [input]);
        var low = builder.Constant($"{name}/min", [0f]);
        var high = builder.Constant($"{name}/max", [(float)maximum.GetValue<double>()]);
        return builder.Node("Clip", name, [input, low, high]);
    }

    private string Activation(string name, string input, string activation) => activation switch
    {
        "linear" => builder.Node("Identity", name, [input]),
        "relu" => builder.Node("Relu", name, [input]),
        "relu6" => builder.Node("Clip", name, [input, builder.Constant($"{name}/min", [0f]), builder.Constant($"{name}/max", [6f])]),
        "sigmoid" => builder.Node("Sigmoid", name, [input]),
        "tanh" => builder.Node("Tanh", name, [input]),
        "softmax" => builder.Node("Softmax", name, [input], GraphBuilder.Int("axis", _ranks[name] == 4 ? 1 : -1)),
        _ => throw new FormatException($"Layer '{name}' has the activation '{activation}', which the importer does not know."),
    };

    // A layer with an activation of its own becomes two nodes; the layer's name is that of the second one's output.
    private string Activated(string name, JsonObject config, Func<string, string> write)
    {
        var activation = (string?)config["activation"] ?? "linear";
        return activation == "linear" ? write(name) : Activation(name, write(builder.Unused($"{name}/{activation}_input")), activation);
    }

    private string ZeroPadding(string name, string input, JsonObject config)
    {
        var padding = config["padding"]!.AsArray().Select(side => side!.AsArray().Select(size => (long)size!.GetValue<double>()).ToArray()).ToArray();
        var pads = builder.Constant($"{name}/pads", [0L, 0, padding[0][0], padding[1][0], 0, 0, padding[0][1], padding[1][1]], 8);
        return builder.Node("Pad", name, [input, pads]);
    }

    private string Pool(string op, string name, string input, JsonObject config)
    {
        ChannelsLast(name, config);
        return builder.Node(
            op,
            name,
            [input],
            GraphBuilder.Ints("kernel_shape", Pair(config, "pool_size")),
            GraphBuilder.Ints("strides", Pair(config, "strides")),
            Padding(config));
    }

    private string GlobalPool(string op, string name, string input)
    {
        _ranks[name] = 2;
        return builder.Node("Flatten", name, [builder.Node(op, builder.Unused($"{name}/pooled"), [input])]);
    }

    private string Add(string name, IReadOnlyList<string> inputs)
    {
        var sum = inputs[0];
        for (var i = 1; i < inputs.Count; i++)
            sum = builder.Node("Add", i == inputs.Count - 1 ? name : builder.Unused($"{name}/sum"), [sum, inputs[i]]);
        return sum;
    }

    private string Concatenate(string name, IReadOnlyList<string> inputs, JsonObject config)
    {
        var axis = (long)config["axis"]!.GetValue<double>();
        if (_ranks[name] == 4 && axis is not (3 or -1))
            throw new FormatException($"Layer '{name}' joins along axis {axis}; for images only the channels are known.");
        return builder.Node("Concat", name, inputs, GraphBuilder.Int("axis", _ranks[name] == 4 ? 1 : axis));
    }

    // Keras flattens (height, width, channels): the axes go back to that order first.
    private string Flatten(string name, string input)
    {
        var rank = _ranks[name];
        _ranks[name] = 2;
        var source = rank == 4
            ? builder.Node("Transpose", builder.Unused($"{name}/channels_last"), [input], GraphBuilder.Ints("perm", 0, 2, 3, 1))
            : input;
        return builder.Node("Flatten", name, [source]);
    }

    private string Dense(string name, string input, JsonObject config)
    {
        var kernel = Weight(name, "kernel");
        List<string> operands = [input, builder.Constant($"{name}/kernel", kernel.Values, kernel.Shape)];
        if (FindWeight(name, "bias") is { } bias)
            operands.Add(builder.Constant($"{name}/bias", bias.Values, bias.Shape));
        return Activated(name, config, output => builder.Node("Gemm", output, operands));
    }

    private LayersModelWeight Weight(string layer, string part) =>
        FindWeight(layer, part) ?? throw new FormatException($"Layer '{layer}' has no weight '{part}'.");

    // Inside a model in a model the weights bear the inner model's name in front.
    private LayersModelWeight? FindWeight(string layer, string part)
    {
        if (weights.TryGetValue($"{layer}/{part}", out var weight))
            return weight;
        var inner = weights.Keys.FirstOrDefault(key => key.EndsWith($"/{layer}/{part}", StringComparison.Ordinal));
        return inner is null ? null : weights[inner];
    }

    private static AttributeProto Padding(JsonObject config) =>
        GraphBuilder.Text("auto_pad", (string)config["padding"]! == "same" ? "SAME_UPPER" : "VALID");

    private static long[] Pair(JsonObject config, string name) => [.. config[name]!.AsArray().Select(size => (long)size!.GetValue<double>())];

    private static float[] Filled(int count, float value)
    {
        var values = new float[count];
        Array.Fill(values, value);
        return values;
    }

    private static void ChannelsLast(string name, JsonObject config)
    {
        if ((string?)config["data_format"] is "channels_first")
            throw new FormatException($"Layer '{name}' has its channels first; only channels_last is known.");
    }
}
