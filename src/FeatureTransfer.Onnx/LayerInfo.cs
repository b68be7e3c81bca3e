namespace FeatureTransfer.Onnx;

/// <summary>One layer of a model: a tensor that can be tapped, and what it takes to compute it.</summary>
/// <param name="Name">The tensor's name, to tap it by.</param>
/// <param name="Op">The operator that computes it.</param>
/// <param name="Shape">Its sizes for a batch of one, outermost first; -1 for a size that changes from run to run.</param>
/// <param name="Parameters">The number of weights that the operator uses.</param>
/// <param name="MultiplyAdds">Multiplications with an addition in this operator, for one row; convolutions and matrix products only, the others cost little.</param>
/// <param name="CumulativeMultiplyAdds">The same for the whole graph up to this tensor: what a tap here costs.</param>
public sealed record LayerInfo(string Name, string Op, IReadOnlyList<long> Shape, long Parameters, long MultiplyAdds, long CumulativeMultiplyAdds);
