namespace FeatureTransfer.FineTuning;

/// <summary>
/// Dropout in the training graph. The masks are inputs and not drawn in the graph, so that a resumed run has the same ones.
/// </summary>
/// <param name="Model">The graph with masks.</param>
/// <param name="Inputs">The masks' names.</param>
/// <param name="Widths">Their values a row.</param>
internal sealed record DropoutMasks(OnnxModel Model, IReadOnlyList<string> Inputs, IReadOnlyList<int> Widths)
{
    /// <summary>Puts a mask before each linear layer of the head; the model is left as it is.</summary>
    public static DropoutMasks Insert(OnnxModel model, TuningLayout layout, double dropout)
    {
        if (dropout <= 0)
            return new DropoutMasks(model, [], []);
        var masked = new OnnxModel(model.Proto.Clone(), model.Name);
        var graph = masked.Proto.Graph;
        var initializers = Initializers.ByName(graph);
        var (names, widths) = (new List<string>(), new List<int>());
        foreach (var linear in graph.Node.Where(node => node.Input.Count > 1 && layout.Weights.Contains(node.Input[1])).ToList())
        {
            var rest = graph.Node.SkipWhile(node => node != linear).ToList();
            foreach (var node in rest)
                graph.Node.Remove(node);
            var builder = new GraphBuilder(graph);
            var width = (int)initializers[linear.Input[1]].Dims[0];
            var mask = builder.Unused($"{linear.Output[0]}/mask");
            graph.Input.Add(GraphBuilder.FloatValue(mask, -1, width));
            linear.Input[0] = builder.Node("Mul", builder.Unused($"{linear.Output[0]}/dropped"), [linear.Input[0], mask]);
            graph.Node.AddRange(rest);
            names.Add(mask);
            widths.Add(width);
        }

        return new DropoutMasks(masked, names, widths);
    }
}
