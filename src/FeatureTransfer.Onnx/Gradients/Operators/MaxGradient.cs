namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient goes to the largest; of equals, to the first.</summary>
internal sealed class MaxGradient() : ExtremumGradient("Max");
