using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>Gives a trained head other classes: those it knows keep their weights, whatever their place.</summary>
internal static class HeadExtension
{
    /// <summary>Changes the last layer of the head.</summary>
    public static void Apply(GraphProto graph, TuningLayout layout, IReadOnlyList<string> labels)
    {
        var places = labels.Select(label => layout.Labels.ToList().IndexOf(label)).ToArray();
        var (weight, bias) = (Find(graph, layout.Weights[^2]), Find(graph, layout.Weights[^1]));
        var rows = (int)weight.Dims[0];
        var values = Initializers.Floats(weight);
        var extended = new float[rows * labels.Count];
        for (var row = 0; row < rows; row++)
        {
            for (var label = 0; label < labels.Count; label++)
                extended[(row * labels.Count) + label] = places[label] < 0 ? 0 : values[(row * layout.Labels.Count) + places[label]];
        }

        var biases = Initializers.Floats(bias);
        Initializers.Set(weight, extended, rows, labels.Count);
        Initializers.Set(bias, [.. places.Select(place => place < 0 ? 0 : biases[place])], labels.Count);
    }

    private static TensorProto Find(GraphProto graph, string name) => graph.Initializer.Single(tensor => tensor.Name == name);
}
