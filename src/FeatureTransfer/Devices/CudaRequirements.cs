using System.Runtime.InteropServices;

namespace FeatureTransfer.Devices;

/// <summary>
/// What ONNX Runtime needs for CUDA, looked for before it is asked: its native code writes to standard error where it finds something missing.
/// </summary>
internal static unsafe class CudaRequirements
{
    private static readonly Lazy<int> _cards = new(CountCards);

    /// <summary>How many cards NVIDIA's driver finds; 0 without a driver.</summary>
    public static int Cards => _cards.Value;

    private static string Driver => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    // ONNX Runtime 1.31's library for CUDA is built against these; cuFFT it only asks for where a model has a Fourier transform.
    private static IReadOnlyList<string> Libraries => OperatingSystem.IsWindows()
        ? ["cudart64_13.dll", "cublasLt64_13.dll", "cublas64_13.dll", "cudnn64_9.dll"]
        : ["libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcudnn.so.9"];

    private static IReadOnlyList<string> TensorRTLibraries => OperatingSystem.IsWindows() ? ["nvinfer_10.dll", "nvonnxparser_10.dll"] : ["libnvinfer.so.10", "libnvonnxparser.so.10"];

    /// <summary>Checks the driver, the card and NVIDIA's libraries.</summary>
    /// <param name="index">The card.</param>
    /// <param name="tensorRT">Whether TensorRT is needed too. Default no.</param>
    /// <exception cref="DllNotFoundException">Libraries are missing; the message has the loader's words for each.</exception>
    /// <exception cref="InvalidOperationException">There is no such card.</exception>
    public static void Check(int index, bool tensorRT = false)
    {
        Load([Driver]);
        if (index >= Cards)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"invalid device ordinal {index}, the driver finds {Cards}."));
        Load(tensorRT ? [.. Libraries, .. TensorRTLibraries] : Libraries);
    }

    private static void Load(IReadOnlyList<string> libraries)
    {
        var missing = libraries.Where(library => !NativeLibrary.TryLoad(library, out _)).ToList();
        if (missing.Count > 0)
            throw new DllNotFoundException(string.Join("; ", missing.Select(Complaint)));
    }

    private static string Complaint(string library) =>
        OperatingSystem.IsWindows() ? $"\"{library}\" which is missing" : $"{library}: cannot open shared object file";

    private static int CountCards()
    {
        if (!NativeLibrary.TryLoad(Driver, out var driver)
            || !NativeLibrary.TryGetExport(driver, "cuInit", out var initialize)
            || !NativeLibrary.TryGetExport(driver, "cuDeviceGetCount", out var count))
        {
            return 0;
        }

        var cards = 0;
        return ((delegate* unmanaged<uint, int>)initialize)(0) == 0 && ((delegate* unmanaged<int*, int>)count)(&cards) == 0 ? cards : 0;
    }
}
