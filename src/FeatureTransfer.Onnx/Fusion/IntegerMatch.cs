namespace FeatureTransfer.Onnx.Fusion;

/// <summary>An operator on bytes that can stand for a node.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Input">What goes in.</param>
/// <param name="Geometry">Its attribute.</param>
/// <param name="Constants">Adds its further inputs to a graph, and gives their names.</param>
internal sealed record IntegerMatch(string Operator, string Input, AttributeProto Geometry, Func<GraphBuilder, IEnumerable<string>> Constants);
