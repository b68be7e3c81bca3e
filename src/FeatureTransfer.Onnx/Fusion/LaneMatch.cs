using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Nodes of a graph for which one operator in the <see cref="LaneLayout"/> can stand.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Geometry">Its attribute.</param>
/// <param name="Weights">Its weights; null where it has none.</param>
/// <param name="Input">What goes in.</param>
/// <param name="Inputs">Channels of that.</param>
/// <param name="Outputs">Channels that come out.</param>
/// <param name="Nodes">The nodes, the last of which computes what comes out.</param>
internal sealed record LaneMatch(string Operator, AttributeProto Geometry, float[]? Weights, string Input, int Inputs, int Outputs, IReadOnlyList<NodeProto> Nodes)
{
    /// <summary>What is added to what comes out; null where nothing is.</summary>
    public string? Added { get; init; }

    /// <summary>What comes out.</summary>
    public string Output => Nodes[^1].Output[0];

    /// <summary>Whether the input is in the layout too.</summary>
    public bool ReadsLanes { get; init; } = true;

    /// <summary>Whether what comes out is.</summary>
    public bool WritesLanes { get; init; } = true;
}
