namespace FeatureTransfer.Onnx.Quantization;

/// <summary>How a graph is computed in 8-bit integers.</summary>
public sealed record StaticQuantizationOptions
{
    /// <summary>How ranges follow from the sample. Default <see cref="CalibrationMethod.Mse"/>, which came nearest to floats.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.Mse;

    /// <summary>Whether the first convolution or matrix product stays in floats. Default false.</summary>
    public bool KeepFirst { get; init; }

    /// <summary>Whether the last convolution or matrix product stays in floats. Default false.</summary>
    public bool KeepLast { get; init; }
}
