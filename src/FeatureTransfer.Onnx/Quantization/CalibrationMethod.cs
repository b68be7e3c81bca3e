namespace FeatureTransfer.Onnx.Quantization;

/// <summary>How the range of a tensor follows from the values seen in calibration.</summary>
public enum CalibrationMethod
{
    /// <summary>From the least value to the largest.</summary>
    MinMax,

    /// <summary>Without the 0.01 % of the values at either end, which are clipped.</summary>
    Percentile,

    /// <summary>The range whose rounding and clipping together give the least mean squared error.</summary>
    Mse,
}
