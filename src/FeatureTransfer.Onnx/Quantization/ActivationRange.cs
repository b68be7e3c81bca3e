namespace FeatureTransfer.Onnx.Quantization;

/// <summary>A range of floats as unsigned 8-bit integers: x is about (q - ZeroPoint) * Scale, and 0 is exact.</summary>
internal readonly record struct ActivationRange
{
    private const int Steps = byte.MaxValue;
    private const float LeastScale = 1e-8f;

    /// <summary>A range; it is widened to hold 0.</summary>
    public ActivationRange(float min, float max)
    {
        (min, max) = (Math.Min(min, 0), Math.Max(max, 0));
        Scale = Math.Max((max - min) / Steps, LeastScale);
        ZeroPoint = (byte)Math.Clamp(MathF.Round(-min / Scale), 0, Steps);
    }

    /// <summary>The width of a step.</summary>
    public float Scale { get; }

    /// <summary>The integer that stands for 0.</summary>
    public byte ZeroPoint { get; }
}
