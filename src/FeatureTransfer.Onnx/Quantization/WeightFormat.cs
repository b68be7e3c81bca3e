namespace FeatureTransfer.Onnx.Quantization;

/// <summary>What the weights of a smaller model are.</summary>
public enum WeightFormat
{
    /// <summary>
    /// 8-bit integers with a scale an output channel; products are computed in integers, their inputs quantized as they come (dynamic
    /// quantization). Depthwise and other grouped convolutions, which ONNX Runtime has no fast integer kernel for, keep their floats.
    /// </summary>
    Int8,

    /// <summary>16-bit floats, widened when the model is loaded: half the file, the same speed.</summary>
    Fp16,
}
