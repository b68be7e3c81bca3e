namespace FeatureTransfer.Onnx;

/// <summary>What is fed to a graph of other inputs than images.</summary>
/// <param name="Names">The inputs, by name; a graph need not have all of them.</param>
/// <param name="Mask">The one of them that is 1 for a token and 0 for filling, (batch, tokens) of 64-bit integers; null where rows have one length.</param>
public sealed record GraphFeeds(IReadOnlyList<string> Names, string? Mask)
{
    /// <summary>Whether the graph makes the mask itself.</summary>
    internal bool IsComputed(OnnxModel model) => Mask is not null && model.Proto.Graph.Node.Any(node => node.Output.Contains(Mask));

    // A layer may need no mask; the pooling does.
    internal void Check(OnnxModel cut, IReadOnlyList<string> tensors)
    {
        var inputs = cut.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        if (inputs.Count == 0)
            throw new FeatureTransferException($"{cut.Name}: the layers {string.Join(", ", tensors)} do not depend on the input. Name others; 'ft models inspect' lists them.");
        var unfed = cut.Inputs.Where(input => !Names.Contains(input.Name)).ToList();
        if (unfed.Count > 0)
            throw new FeatureTransferException($"{cut.Name}: the model wants {string.Join(" and ", unfed)}, and the card feeds {string.Join(", ", Names)}. Name its inputs on the model's card under \"inputs\".");
        if (Mask is not null && !inputs.Contains(Mask) && !IsComputed(cut))
            cut.Proto.Graph.Input.Add(GraphBuilder.TokenValue(Mask));
    }
}
