using FeatureTransfer.Onnx.Opsets;

namespace FeatureTransfer.Onnx;

/// <summary>Puts one graph behind another.</summary>
public static class GraphMerger
{
    /// <summary>Makes one graph of two: the first's only output is read by the second in the place of one of its inputs.</summary>
    /// <param name="first">The graph that comes first; it is left as it is.</param>
    /// <param name="second">The graph that comes behind; it is left as it is.</param>
    /// <param name="input">The input of <paramref name="second"/> that the output takes the place of.</param>
    /// <param name="outputs">The tensors of <paramref name="second"/> to keep as outputs, each with the name that it gets.</param>
    /// <returns>A graph in the newer of both operator sets, 18 at least, whose other names of the second have <c>head/</c> before them.</returns>
    /// <exception cref="FeatureTransferException">There is no such input or output, or an operator set is older than 7.</exception>
    public static OnnxModel Append(OnnxModel first, OnnxModel second, string input, IReadOnlyList<(string Tensor, string Name)> outputs) =>
        Append(first, second, input, outputs, "head/");

    /// <summary>As the other one; names of the second that the first has not stay as they are with an empty prefix.</summary>
    internal static OnnxModel Append(OnnxModel first, OnnxModel second, string input, IReadOnlyList<(string Tensor, string Name)> outputs, string prefix)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(outputs);
        if (!second.Inputs.Any(known => known.Name == input))
            throw new FeatureTransferException($"{second.Name}: has no input '{input}'. Its inputs are {string.Join(", ", second.Inputs.Select(known => known.Name))}.");
        if (outputs.FirstOrDefault(output => !second.TensorNames.Contains(output.Tensor)) is { Tensor: { } missing })
            throw new FeatureTransferException($"{second.Name}: has no tensor '{missing}'. Its outputs are {string.Join(", ", second.Outputs.Select(known => known.Name))}.");

        var (merged, behind) = (Upgraded(first), Upgraded(second));
        var names = new MergedNames(new GraphBuilder(merged.Proto.Graph), behind.Proto.Graph, prefix);
        names.Join(input, merged.Proto.Graph.Output[0].Name);
        foreach (var (tensor, name) in outputs)
            names.Call(tensor, name);
        names.Apply();
        Take(merged.Proto, behind.Proto);
        merged.Proto.Graph.Output.Clear();
        merged.Proto.Graph.Output.AddRange(outputs.Select(output => Output(behind.Proto.Graph, names[output.Tensor], merged.HasFixedBatch)));
        return GraphCutter.Cut(merged, [.. outputs.Select(output => names[output.Tensor])]);
    }

    /// <summary>A copy in operator set 18, or the newer one that it has.</summary>
    internal static OnnxModel Upgraded(OnnxModel model)
    {
        var upgraded = new OnnxModel(model.Proto.Clone(), model.Name);
        OpsetUpgrade.Apply(upgraded);
        return upgraded;
    }

    private static void Take(ModelProto merged, ModelProto behind)
    {
        merged.Graph.Node.AddRange(behind.Graph.Node);
        merged.Graph.Initializer.AddRange(behind.Graph.Initializer);
        var known = merged.Graph.Input.Concat(merged.Graph.Output).Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        merged.Graph.Input.AddRange(behind.Graph.Input.Where(value => !known.Contains(value.Name)));
        merged.Graph.ValueInfo.Clear();
        TakeVersions(merged, behind);
    }

    /// <summary>Raises the versions of a model to those of a part of it.</summary>
    internal static void TakeVersions(ModelProto merged, ModelProto part)
    {
        merged.IrVersion = Math.Max(merged.IrVersion, part.IrVersion);
        foreach (var set in part.OpsetImport)
        {
            if (merged.OpsetImport.FirstOrDefault(own => own.Domain == set.Domain || (own.Domain is "" or "ai.onnx" && set.Domain is "" or "ai.onnx")) is { } own)
                own.Version = Math.Max(own.Version, set.Version);
            else
                merged.OpsetImport.Add(set);
        }
    }

    // What is free in front is free behind.
    private static ValueInfoProto Output(GraphProto behind, string name, bool fixedBatch)
    {
        var value = behind.Output.FirstOrDefault(output => output.Name == name)?.Clone() ?? new ValueInfoProto { Name = name };
        if (!fixedBatch && value.Type?.TensorType?.Shape is { Dim.Count: > 0 } shape)
            shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        return value;
    }
}
