namespace FeatureTransfer.Onnx.Opsets;

/// <summary>How a node of an older version becomes one of a newer.</summary>
/// <param name="Version">The operator set that changed it.</param>
/// <param name="Operators">The operators that changed alike.</param>
/// <param name="Apply">Changes the node, which is the last of the graph; constants and nodes may be added.</param>
internal sealed record OpsetChange(long Version, IReadOnlyList<string> Operators, Action<NodeProto, GraphBuilder> Apply);
