namespace FeatureTransfer.Onnx.Kernels.Runtime;

/// <summary>A tensor in ONNX Runtime's memory, of floats unless the operator says otherwise.</summary>
/// <param name="data">Its first element.</param>
/// <param name="shape">Its sizes.</param>
internal readonly unsafe struct KernelTensor(void* data, long[] shape)
{
    /// <summary>Its first element.</summary>
    public float* Data => (float*)data;

    /// <summary>Its first element where it holds bytes.</summary>
    public byte* Bytes => (byte*)data;

    /// <summary>Its sizes.</summary>
    public long[] Shape => shape;
}
