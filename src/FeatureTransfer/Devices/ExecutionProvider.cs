using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>The part of ONNX Runtime that drives a kind of device.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">What ONNX Runtime calls it.</param>
/// <param name="HowToGet">What to do where the build of ONNX Runtime does not have it.</param>
internal sealed record ExecutionProvider(DeviceKind Kind, string Name, string HowToGet)
{
    private const string CudaPackage =
        "Build with -p:OrtCuda=true: on Linux that brings the npm package 'com.github.asus4.onnxruntime.linux-x64-gpu', and with "
        + "-p:OrtSource=NuGet, on Linux and Windows, the NuGet package 'Microsoft.ML.OnnxRuntime.Gpu'. NVIDIA's driver, CUDA and cuDNN are needed besides.";

    private const string TensorRTPackage =
        "Build with -p:OrtSource=NuGet -p:OrtCuda=true, which brings the NuGet package 'Microsoft.ML.OnnxRuntime.Gpu'; the npm package serves 'cuda' only. NVIDIA's driver, CUDA, cuDNN and TensorRT are needed besides.";

    /// <summary>All but the CPU's, in the order in which <see cref="DeviceKind.Auto"/> tries them; TensorRT it does not try.</summary>
    public static IReadOnlyList<ExecutionProvider> All { get; } =
    [
        new(DeviceKind.Cuda, "CUDAExecutionProvider", CudaPackage),
        new(DeviceKind.DirectML, "DmlExecutionProvider", "It is for Windows: replace ONNX Runtime's library by the one of the NuGet package 'Microsoft.ML.OnnxRuntime.DirectML'."),
        new(DeviceKind.CoreML, "CoreMLExecutionProvider", "It is for macOS, whose library of ONNX Runtime has it."),
        new(DeviceKind.TensorRT, "TensorrtExecutionProvider", TensorRTPackage),
    ];

    /// <summary>The provider of a kind of device.</summary>
    public static ExecutionProvider Of(DeviceKind kind) => All.First(provider => provider.Kind == kind);

    /// <summary>Whether ONNX Runtime can drive such devices; that says nothing of drivers and of NVIDIA's libraries.</summary>
    public bool IsThere => IsBuiltIn || (Kind == DeviceKind.Cuda && CudaPlugin.IsThere);

    private bool IsBuiltIn => OrtEnv.Instance().GetAvailableProviders().Contains(Name, StringComparer.Ordinal);

    /// <summary>Asks for it.</summary>
    /// <exception cref="OnnxRuntimeException">A library or driver is missing.</exception>
    /// <exception cref="InvalidOperationException">There is no such GPU.</exception>
    public void AppendTo(SessionOptions options, int index)
    {
        switch (Kind)
        {
            case DeviceKind.Cuda when !IsBuiltIn:
                CudaPlugin.AppendTo(options, index);
                break;
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

    private static void AppendCuda(SessionOptions options, int index)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = index.ToString(CultureInfo.InvariantCulture),
            [CudaPlugin.Rounding.Key] = CudaPlugin.Rounding.Value,
        });
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
