namespace FeatureTransfer.Onnx.Opsets;

/// <summary>Brings a model to operator set 18, so that gradients and quantizing know one version of each operator, and merged graphs have one.</summary>
internal static class OpsetUpgrade
{
    /// <summary>The version that gradients are written in, at least.</summary>
    public const long Target = 18;

    // Before this version, Add and its like told by attributes how the second input was repeated.
    private const long Oldest = 7;

    private static readonly List<OpsetChange> _changes =
    [
        new(9, ["BatchNormalization"], (node, _) => node.Take("spatial")),
        new(10, ["Slice"], OperatorUpgrades.SliceInputs),
        new(10, ["TopK"], (node, graph) => OperatorUpgrades.ToInput(node, graph, "k", 1)),
        new(10, ["Upsample"], OperatorUpgrades.UpsampleToResize),
        new(11, ["Resize"], OperatorUpgrades.ResizeInputs),
        new(11, ["Clip"], OperatorUpgrades.ClipInputs),
        new(11, ["Pad"], OperatorUpgrades.PadInputs),
        new(11, ["Scatter"], (node, _) => node.OpType = "ScatterElements"),
        new(12, ["Dropout"], OperatorUpgrades.DropoutInputs),
        new(13, ["Squeeze", "Unsqueeze", "ReduceSum"], (node, graph) => OperatorUpgrades.ToInput(node, graph, "axes", 1)),
        new(13, ["Split"], (node, graph) => OperatorUpgrades.ToInput(node, graph, "split", 1)),
        new(13, ["Softmax", "LogSoftmax", "Hardmax"], OperatorUpgrades.FlattenedSoftmax),
        new(16, ["RoiAlign"], (node, _) => node.Attribute.Add(GraphBuilder.Text("coordinate_transformation_mode", "output_half_pixel"))),
        new(18, ["ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp"],
            (node, graph) => OperatorUpgrades.ToInput(node, graph, "axes", 1)),
        new(18, ["Split"], OperatorUpgrades.SplitCount),
    ];

    /// <summary>Changes the model; one that is new enough stays as it is.</summary>
    /// <exception cref="FeatureTransferException">The model is older than operator set 7.</exception>
    public static void Apply(OnnxModel model)
    {
        var opset = model.Proto.Opset();
        if (opset >= Target)
            return;
        if (opset < Oldest)
        {
            throw new FeatureTransferException(
                $"{model.Name}: is written in operator set {opset}; training, merging and quantizing work from {Oldest} on. Convert it, for instance with the version converter of the onnx package.");
        }

        Apply(model.Proto.Graph, opset);
        var import = model.Proto.OpsetImport.First(set => set.Domain is "" or "ai.onnx");
        import.Version = Target;
        model.Proto.IrVersion = Math.Max(model.Proto.IrVersion, 8);
    }

    private static void Apply(GraphProto graph, long opset)
    {
        var builder = new GraphBuilder(graph);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        foreach (var node in nodes)
        {
            foreach (var inner in node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G)))
                Apply(inner, opset);
            graph.Node.Add(node);
            foreach (var change in _changes.Where(change => opset < change.Version && change.Operators.Contains(node.OpType) && node.Domain is "" or "ai.onnx"))
                change.Apply(node, builder);
        }
    }
}
