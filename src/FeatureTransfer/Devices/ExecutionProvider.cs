using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>The part of ONNX Runtime that drives a kind of device.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">What ONNX Runtime calls it.</param>
/// <param name="HowToGet">What to do where the build of ONNX Runtime does not have it.</param>
internal sealed record ExecutionProvider(DeviceKind Kind, string Name, string HowToGet)
{
    private const string CudaPackage =
        "On Linux, build with -p:OrtCuda=true, which brings the npm package 'com.github.asus4.onnxruntime.linux-x64-gpu', "
        + "or with -p:OrtSource=NuGet -p:OrtCuda=true, which brings the NuGet package 'Microsoft.ML.OnnxRuntime.Gpu' (Windows too).";

    /// <summary>All but the CPU's, in the order in which <see cref="DeviceKind.Auto"/> tries them; TensorRT it does not try.</summary>
    public static IReadOnlyList<ExecutionProvider> All { get; } =
    [
        new(DeviceKind.Cuda, "CUDAExecutionProvider", CudaPackage),
        new(DeviceKind.DirectML, "DmlExecutionProvider", "It is for Windows: replace ONNX Runtime's library by the one of the NuGet package 'Microsoft.ML.OnnxRuntime.DirectML'."),
        new(DeviceKind.CoreML, "CoreMLExecutionProvider", "It is for macOS, whose library of ONNX Runtime has it."),
        new(DeviceKind.TensorRT, "TensorrtExecutionProvider", CudaPackage + " TensorRT itself comes from NVIDIA."),
    ];

    /// <summary>The provider of a kind of device.</summary>
    public static ExecutionProvider Of(DeviceKind kind) => All.First(provider => provider.Kind == kind);

    /// <summary>Whether this build of ONNX Runtime can drive such devices; that says nothing of drivers and NVIDIA's libraries.</summary>
    public bool IsThere => OrtEnv.Instance().GetAvailableProviders().Contains(Name, StringComparer.Ordinal) && (Library is null || File.Exists(Library));

    // ONNX Runtime counts CUDA and TensorRT in where it could load a library of theirs, be it there or not; it looks beside its own.
    private string? Library => Kind switch
    {
        DeviceKind.Cuda => LibraryOf("cuda"),
        DeviceKind.TensorRT => LibraryOf("tensorrt"),
        _ => null,
    };

    /// <summary>Asks for it.</summary>
    /// <exception cref="OnnxRuntimeException">A library or driver is missing.</exception>
    public void AppendTo(SessionOptions options, int index)
    {
        switch (Kind)
        {
            case DeviceKind.Cuda:
                AppendCuda(options, index);
                break;
            case DeviceKind.TensorRT:
                // What TensorRT does not know runs by CUDA.
                options.AppendExecutionProvider_Tensorrt(index);
                AppendCuda(options, index);
                break;
            case DeviceKind.DirectML:
                // DirectML's own rules: no memory patterns, one operator at a time.
                options.EnableMemoryPattern = false;
                options.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
                options.AppendExecutionProvider_DML(index);
                break;
            default:
                options.AppendExecutionProvider("CoreML");
                break;
        }
    }

    // TF32 rounds to 10 bits: features are to be the same wherever they are computed.
    private static void AppendCuda(SessionOptions options, int index)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = index.ToString(CultureInfo.InvariantCulture),
            ["use_tf32"] = "0",
        });
        options.AppendExecutionProvider_CUDA(cuda);
    }

    private static string LibraryOf(string provider)
    {
        var name = OperatingSystem.IsWindows() ? $"onnxruntime_providers_{provider}.dll" : $"libonnxruntime_providers_{provider}.so";
        string[] folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")];
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? Path.Combine(folders[0], name);
    }
}
