namespace FeatureTransfer.Onnx.Opsets;

/// <summary>The changes of operators from version to version, as the operator sets' changelog tells them.</summary>
internal static class OperatorUpgrades
{
    /// <summary>An attribute of whole numbers becomes an input.</summary>
    public static void ToInput(NodeProto node, GraphBuilder graph, string attribute, int input)
    {
        if (node.Take(attribute) is not { } numbers)
            return;
        long[] values = numbers.Type == AttributeProto.Types.AttributeType.Int ? [numbers.I] : [.. numbers.Ints];
        SetInput(node, input, graph.Constant($"{node.Output[0]}/{attribute}", values, values.Length));
    }

    /// <summary>Starts, ends and axes become inputs.</summary>
    public static void SliceInputs(NodeProto node, GraphBuilder graph)
    {
        ToInput(node, graph, "starts", 1);
        ToInput(node, graph, "ends", 2);
        ToInput(node, graph, "axes", 3);
    }

    /// <summary>The pads and the value become inputs.</summary>
    public static void PadInputs(NodeProto node, GraphBuilder graph)
    {
        ToInput(node, graph, "pads", 1);
        if (node.Take("value") is { F: not 0 } value)
            SetInput(node, 2, graph.Constant($"{node.Output[0]}/value", [value.F]));
    }

    /// <summary>The limits become inputs.</summary>
    public static void ClipInputs(NodeProto node, GraphBuilder graph)
    {
        var (min, max) = (node.Take("min"), node.Take("max"));
        if (min is not null)
            SetInput(node, 1, graph.Constant($"{node.Output[0]}/min", [min.F]));
        if (max is not null)
            SetInput(node, 2, graph.Constant($"{node.Output[0]}/max", [max.F]));
    }

    /// <summary>The ratio becomes an input.</summary>
    public static void DropoutInputs(NodeProto node, GraphBuilder graph)
    {
        if (node.Take("ratio") is { } ratio)
            SetInput(node, 1, graph.Constant($"{node.Output[0]}/ratio", [ratio.F]));
    }

    /// <summary>The scales of Upsample, an attribute or an input, are those of Resize as it was then.</summary>
    public static void UpsampleToResize(NodeProto node, GraphBuilder graph)
    {
        node.OpType = "Resize";
        if (node.Take("scales") is { } scales)
            SetInput(node, 1, graph.Constant($"{node.Output[0]}/scales", [.. scales.Floats], scales.Floats.Count));
        ResizeInputs(node, graph);
    }

    /// <summary>A region of interest comes before the scales, and what was the only way to place pixels is named.</summary>
    public static void ResizeInputs(NodeProto node, GraphBuilder graph)
    {
        if (node.Input.Count != 2)
            return;
        node.Input.Insert(1, "");
        node.Attribute.Add(GraphBuilder.Text("coordinate_transformation_mode", "asymmetric"));
        node.Attribute.Add(GraphBuilder.Text("nearest_mode", "floor"));
    }

    /// <summary>Until version 13 everything from the axis on, 1 by default, was one row.</summary>
    public static void FlattenedSoftmax(NodeProto node, GraphBuilder graph)
    {
        var axis = node.Take("axis")?.I ?? 1;
        node.Attribute.Add(GraphBuilder.Int("axis", -1));
        if (axis == -1 || node.Input.Count == 0)
            return;

        // The node itself stays last: the elements are laid out in rows before it and in their old shape behind it.
        var (input, output) = (node.Input[0], node.Output[0]);
        graph.Graph.Node.Remove(node);
        node.Input[0] = graph.Node("Flatten", graph.Unused($"{output}/rows"), [input], GraphBuilder.Int("axis", axis));
        node.Output[0] = graph.Unused($"{output}/flat");
        node.Name = node.Output[0];
        graph.Graph.Node.Add(node);
        var shape = graph.Node("Shape", graph.Unused($"{output}/shape"), [input]);
        graph.Node("Reshape", output, [node.Output[0], shape]);
    }

    /// <summary>Without sizes, the number of parts is named.</summary>
    public static void SplitCount(NodeProto node, GraphBuilder graph)
    {
        if (node.InputOrEmpty(1).Length == 0 && node.Attribute("num_outputs") is null)
            node.Attribute.Add(GraphBuilder.Int("num_outputs", node.Output.Count));
    }

    private static void SetInput(NodeProto node, int index, string name)
    {
        while (node.Input.Count <= index)
            node.Input.Add("");
        node.Input[index] = name;
    }
}
