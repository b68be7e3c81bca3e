namespace FeatureTransfer.Onnx.Kernels;

/// <summary>An activation that cuts values off: Relu, Clip, or none.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
internal readonly record struct Bounds(float Low, float High)
{
    /// <summary>No activation.</summary>
    public static Bounds None => new(float.NegativeInfinity, float.PositiveInfinity);
}
