using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Where a model comes from (a file, or bytes) and how its session is to be set up.</summary>
internal sealed class OnnxModelSource
{
    private readonly string? _file;
    private readonly byte[]? _bytes;

    private OnnxModelSource(string? file, byte[]? bytes) => (_file, _bytes) = (file, bytes);

    public static OnnxModelSource OfFile(string? modelFile)
    {
        Check.Param(!string.IsNullOrWhiteSpace(modelFile), nameof(modelFile), "An ONNX model file is needed.");
        if (!File.Exists(modelFile))
            throw new FileNotFoundException($"The ONNX model file '{modelFile}' does not exist.", modelFile);
        return new(modelFile, null);
    }

    public static OnnxModelSource OfBytes(byte[] bytes) => new(null, bytes);

    public static OnnxModelSource OfStream(Stream modelBytes)
    {
        ArgumentNullException.ThrowIfNull(modelBytes);
        using var copy = new MemoryStream();
        modelBytes.CopyTo(copy);
        return new(null, copy.ToArray());
    }

    public byte[] ReadBytes() => _bytes ?? File.ReadAllBytes(_file!);

    /// <summary>Opens a session; a file is opened as one, so that weights beside it are found.</summary>
    public InferenceSession Open(OnnxSettings settings)
    {
        if (settings.GpuDeviceId is not { } device)
            return Open(settings, null);
        try
        {
            return Open(settings, device);
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return settings.FallbackToCpu
                ? Open(settings, null)
                : throw new InvalidOperationException(
                    $"The model cannot run on GPU {device}: {e.Message} Leave gpuDeviceId out to run on the CPU, or set fallbackToCpu.", e);
        }
    }

    private InferenceSession Open(OnnxSettings settings, int? device)
    {
        using var options = new SessionOptions();
        if (settings.InterOpThreads is { } inter)
            options.InterOpNumThreads = inter;
        if (settings.IntraOpThreads is { } intra)
            options.IntraOpNumThreads = intra;
        if (device is { } gpu)
            options.AppendExecutionProvider_CUDA(gpu);
        try
        {
            return _file is null ? new InferenceSession(_bytes!, options) : new InferenceSession(_file, options);
        }
        catch (OnnxRuntimeException e) when (device is null)
        {
            throw new InvalidOperationException($"Error initializing model {_file ?? "(bytes)"}: it is not a model that ONNX Runtime can load ({e.Message}).", e);
        }
    }
}

/// <summary>How a session runs, and the shapes that overrule the model's.</summary>
internal sealed record OnnxSettings(
    int? GpuDeviceId, bool FallbackToCpu, IReadOnlyDictionary<string, int[]> Shapes, int? InterOpThreads = null, int? IntraOpThreads = null);
