namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Rewrites models to smaller weights, with standard ONNX operators only.</summary>
public static class SmallerModel
{
    /// <summary>A model with smaller weights; its inputs, outputs and the names of its tensors stay.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="format">What the weights become.</param>
    /// <exception cref="FeatureTransferException">The model cannot be quantized so; the message says why.</exception>
    public static OnnxModel Make(OnnxModel model, WeightFormat format)
    {
        ArgumentNullException.ThrowIfNull(model);
        return format == WeightFormat.Int8 ? IntegerProducts.Apply(model) : HalfWeights.Apply(model);
    }
}
