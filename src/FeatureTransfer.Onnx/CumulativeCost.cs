namespace FeatureTransfer.Onnx;

/// <summary>Adds up the cost of everything that a node needs, each node once however many ways lead to it.</summary>
internal sealed class CumulativeCost
{
    private readonly Func<NodeProto, long> _cost;
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);

    public CumulativeCost(IEnumerable<NodeProto> nodes, Func<NodeProto, long> cost)
    {
        _cost = cost;
        foreach (var node in nodes)
        {
            foreach (var output in node.Output)
                _producers[output] = node;
        }
    }

    /// <summary>The cost of a node and of all before it.</summary>
    public long Of(NodeProto last)
    {
        var seen = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var open = new Stack<NodeProto>([last]);
        var sum = 0L;
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
                continue;
            sum += _cost(node);
            foreach (var input in node.Input)
            {
                if (_producers.TryGetValue(input, out var before))
                    open.Push(before);
            }
        }

        return sum;
    }
}
