using System.Text.RegularExpressions;

namespace FeatureTransfer.Devices;

/// <summary>Says what a device lacks, out of what ONNX Runtime says.</summary>
internal static partial class MissingDevice
{
    /// <summary>What is missing and how to get it; one or more sentences.</summary>
    /// <param name="provider">The provider that could not be had.</param>
    /// <param name="message">What ONNX Runtime said; null where its build does not have the provider.</param>
    public static string Describe(ExecutionProvider provider, string? message)
    {
        if (message is null)
            return $"This build of ONNX Runtime has no {provider.Name}. {provider.HowToGet}";
        var libraries = Library().Matches(message).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();
        if (libraries.Count > 0)
            return $"The {(libraries.Count == 1 ? "library" : "libraries")} {string.Join(", ", libraries)} {(libraries.Count == 1 ? "is" : "are")} missing. {string.Join(" ", libraries.Select(HowToGetLibrary).Distinct(StringComparer.Ordinal))}";
        if (Driver().IsMatch(message))
            return $"There is no driver for it, or the driver is too old. Install a newer one of NVIDIA's; 'nvidia-smi' shows it. ONNX Runtime says: {OneLine(message)}";
        if (NoGpu().IsMatch(message))
            return $"There is no such GPU: {OneLine(message)} 'nvidia-smi -L' lists them.";
        return $"ONNX Runtime says: {OneLine(message)}";
    }

    private static string HowToGetLibrary(string library) => library switch
    {
        _ when library.Contains("onnxruntime_providers", StringComparison.Ordinal) => "It belongs beside ONNX Runtime's own library: add the package FeatureTransfer.Gpu to the app, or build a clone with -p:Gpu=true.",
        _ when library.StartsWith("libcudnn", StringComparison.Ordinal) || library.StartsWith("cudnn", StringComparison.Ordinal) => "Install NVIDIA's cuDNN 9 and put its folder into LD_LIBRARY_PATH (PATH on Windows).",
        _ when library.StartsWith("libnvinfer", StringComparison.Ordinal) || library.StartsWith("nvinfer", StringComparison.Ordinal) || library.Contains("nvonnxparser", StringComparison.Ordinal) => "Install NVIDIA's TensorRT 10 and put its folder into LD_LIBRARY_PATH (PATH on Windows).",
        "libcuda.so.1" or "nvcuda.dll" => "It comes with NVIDIA's driver: install that.",
        _ => "Install NVIDIA's CUDA toolkit of the version in the library's name and put its folder into LD_LIBRARY_PATH (PATH on Windows).",
    };

    private static string OneLine(string message) => Space().Replace(message, " ").Trim();

    [GeneratedRegex(@"(?:(?<!\S)|[/""'])((?:lib[\w.+-]+\.so[\w.]*)(?=: cannot open shared object file)|[\w.+-]+\.dll(?=""?\s+which is missing))", RegexOptions.CultureInvariant)]
    private static partial Regex Library();

    [GeneratedRegex(@"driver version is insufficient|CUDA failure 35\b|CUDA failure 3:|libcuda\.so", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Driver();

    [GeneratedRegex(@"no CUDA-capable device|invalid device ordinal|CUDA failure 10[01]\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoGpu();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
