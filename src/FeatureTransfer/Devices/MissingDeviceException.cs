namespace FeatureTransfer.Devices;

/// <summary>A device cannot be had.</summary>
/// <param name="model">The model that was to run on it.</param>
/// <param name="device">The device.</param>
/// <param name="reason">What is missing and how to get it, in whole sentences.</param>
/// <param name="inner">What ONNX Runtime said.</param>
internal sealed class MissingDeviceException(string model, Device device, string reason, Exception? inner)
    : FeatureTransferException($"{model}: the device '{device}' cannot be had. {reason}", inner)
{
    /// <summary>What is missing and how to get it, in whole sentences.</summary>
    public string Reason { get; } = reason;
}
