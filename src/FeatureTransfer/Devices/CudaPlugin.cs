using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>
/// CUDA as a library that is loaded into an ONNX Runtime built without it: the way in which the npm package brings it. It is registered
/// once a process.
/// </summary>
internal static class CudaPlugin
{
    private const string Registration = "FeatureTransfer.Cuda";
    private static readonly Lazy<IReadOnlyList<OrtEpDevice>> _devices = new(Register);

    /// <summary>TF32, which rounds to 10 bits, is off: features are to be the same wherever they are computed.</summary>
    public static KeyValuePair<string, string> Rounding { get; } = new("use_tf32", "0");

    /// <summary>Whether the library is there.</summary>
    public static bool IsThere => File.Exists(Library);

    // Beside the program, or where a package puts native libraries.
    private static string Library
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
            var beside = Path.Combine(AppContext.BaseDirectory, name);
            var packaged = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", name);
            return !File.Exists(beside) && File.Exists(packaged) ? packaged : beside;
        }
    }

    /// <summary>Asks for a GPU.</summary>
    /// <exception cref="OnnxRuntimeException">A library or driver is missing.</exception>
    /// <exception cref="InvalidOperationException">There is no such GPU.</exception>
    public static void AppendTo(SessionOptions options, int index)
    {
        var devices = _devices.Value;
        if (index >= devices.Count)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"invalid device ordinal {index}, CUDA finds {devices.Count}."));
        options.AppendExecutionProvider(OrtEnv.Instance(), [devices[index]], new Dictionary<string, string> { [Rounding.Key] = Rounding.Value });
    }

    private static IReadOnlyList<OrtEpDevice> Register()
    {
        var environment = OrtEnv.Instance();
        var before = environment.GetEpDevices().Select(device => device.EpName).ToHashSet(StringComparer.Ordinal);
        environment.RegisterExecutionProviderLibrary(Registration, Library);
        return [.. environment.GetEpDevices().Where(device => !before.Contains(device.EpName) && device.HardwareDevice.Type == OrtHardwareDeviceType.GPU)];
    }
}
