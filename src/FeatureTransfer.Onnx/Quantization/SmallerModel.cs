namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Rewrites models to smaller weights, with standard ONNX operators only; inputs, outputs and the names of tensors stay.</summary>
public static class SmallerModel
{
    /// <summary>A model with 16-bit weights, which are widened when it is loaded: half the file, the same speed.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    public static OnnxModel Fp16(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return HalfWeights.Apply(model);
    }

    /// <summary>A model whose convolutions and matrix products are computed in 8-bit integers: a quarter of the file, and faster where the CPU has such products.</summary>
    /// <param name="model">The model, with one input of floats; it is left as it is.</param>
    /// <param name="sample">Rows of the input, prepared just as those that the model will see: the ranges of its tensors come from them.</param>
    /// <param name="row">The shape of a row, without the batch.</param>
    /// <param name="options">How. Default <see cref="StaticQuantizationOptions"/> as it is.</param>
    /// <param name="keep">Tensors that stay though they are no outputs, such as layers that will be tapped. Default none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">The model has nothing that could be quantized, or the sample does not do.</exception>
    public static OnnxModel Int8(
        OnnxModel model, IEnumerable<float[]> sample, long[] row, StaticQuantizationOptions? options = null, IEnumerable<string>? keep = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(row);
        return StaticProducts.Apply(model, sample, row, options ?? new StaticQuantizationOptions(), keep ?? [], cancellationToken).Model;
    }
}
