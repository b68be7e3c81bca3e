namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient goes to the smallest; of equals, to the first.</summary>
internal sealed class MinGradient() : ExtremumGradient("Min");
