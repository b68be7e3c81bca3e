using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>A session and what it runs on.</summary>
/// <param name="Session">The session; whoever opened it disposes of it.</param>
/// <param name="Device">The device, never <see cref="DeviceKind.Auto"/>.</param>
/// <param name="Content">The model.</param>
internal sealed record OpenedSession(InferenceSession Session, Device Device, ModelContent Content)
{
    /// <summary>A hash of the model, in hexadecimal, to keep what is found out about it.</summary>
    public string Key => Content.HexHash[..32];
}
