using System.Text.Json.Nodes;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>Walks a Keras model (functional or a plain stack, models inside models too) and has each layer written.</summary>
internal sealed class KerasModelWriter(KerasLayerWriter layers)
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Writes a model and returns the tensors that it puts out.</summary>
    /// <param name="model">The model's <c>config</c>: an object with <c>layers</c>, or the list of layers itself.</param>
    /// <param name="feeds">The tensors that a model inside another is fed; none for the outermost one.</param>
    public IReadOnlyList<string> Write(JsonNode model, IReadOnlyList<string> feeds)
    {
        var tensors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var waiting = new Queue<string>(feeds);
        IReadOnlyList<string> last = feeds;
        foreach (var layer in (model as JsonArray ?? model["layers"]!.AsArray()).Select(layer => layer!.AsObject()))
        {
            var name = (string)layer["config"]!["name"]!;
            last = tensors[name] = Layer(layer, name, Inputs(layer, tensors, last), waiting);
        }

        return model is JsonObject functional && functional["output_layers"] is JsonArray outputs
            ? [.. outputs.Select(output => Tensor(output!, tensors))]
            : last;
    }

    private IReadOnlyList<string> Layer(JsonObject layer, string name, IReadOnlyList<string> inputs, Queue<string> feeds)
    {
        if ((string)layer["class_name"]! is "InputLayer" && feeds.TryDequeue(out var feed))
            return [feed];
        if ((string)layer["class_name"]! is "Model" or "Functional" or "Sequential")
            return Write(layer["config"]!, inputs);
        if (!_written.Add(name))
            throw new FormatException($"Two layers are called '{name}'; their tensors could not be told apart.");

        // A stack may begin without an input layer: its first layer then tells the shape.
        if (inputs.Count == 0 && (string)layer["class_name"]! is not "InputLayer")
            inputs = [layers.WriteInput($"{name}_input", layer["config"]!.AsObject())];
        return [layers.Write(layer, name, inputs)];
    }

    private static IReadOnlyList<string> Inputs(JsonObject layer, Dictionary<string, IReadOnlyList<string>> tensors, IReadOnlyList<string> previous)
    {
        if (layer["inbound_nodes"] is not JsonArray nodes)
            return previous;
        if (nodes.Count > 1)
            throw new FormatException($"Layer '{layer["name"]}' is used {nodes.Count} times; shared layers are not known.");
        return nodes.Count == 0 ? [] : [.. nodes[0]!.AsArray().Select(input => Tensor(input!, tensors))];
    }

    // A tensor is told as [layer, call, output].
    private static string Tensor(JsonNode reference, Dictionary<string, IReadOnlyList<string>> tensors)
    {
        var name = (string)reference[0]!;
        return tensors.TryGetValue(name, out var outputs)
            ? outputs[(int)reference[2]!.GetValue<double>()]
            : throw new FormatException($"Layer '{name}' is read before it is computed.");
    }
}
