namespace FeatureTransfer.Onnx.Quantization;

/// <summary>What the weights of a smaller model are.</summary>
public enum WeightFormat
{
    /// <summary>8-bit integers with a scale an output channel; what they multiply is quantized too, in ranges measured on a sample.</summary>
    Int8,

    /// <summary>16-bit floats, widened when the model is loaded: half the file, the same speed.</summary>
    Fp16,
}
