namespace FeatureTransfer.Onnx.Quantization;

/// <summary>A model in integers, and what the one in floats gave for the sample that it was calibrated on.</summary>
/// <param name="Model">The model.</param>
/// <param name="Expected">The first output of the one in floats, an element of the sample each.</param>
internal sealed record QuantizedModel(OnnxModel Model, IReadOnlyList<float[]> Expected);
