namespace FeatureTransfer.Onnx.Kernels.Runtime;

/// <summary>A tensor of floats in ONNX Runtime's memory.</summary>
/// <param name="data">Its first element.</param>
/// <param name="shape">Its sizes.</param>
internal readonly unsafe struct FloatTensor(float* data, long[] shape)
{
    /// <summary>Its first element.</summary>
    public float* Data => data;

    /// <summary>Its sizes.</summary>
    public long[] Shape => shape;
}
