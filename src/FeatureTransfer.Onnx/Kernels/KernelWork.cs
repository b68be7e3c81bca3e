namespace FeatureTransfer.Onnx.Kernels;

/// <summary>Independent pieces of work.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Piece">Does one of them.</param>
internal sealed record KernelWork(int Count, Action<int> Piece);
