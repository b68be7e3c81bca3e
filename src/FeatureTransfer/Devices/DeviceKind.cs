namespace FeatureTransfer.Devices;

/// <summary>What a model runs on.</summary>
public enum DeviceKind
{
    /// <summary>The first that is there of CUDA, DirectML and CoreML, else the CPU.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU by CUDA.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU by TensorRT, which compiles a model for minutes before its first run.</summary>
    TensorRT,

    /// <summary>A GPU by DirectML, on Windows.</summary>
    DirectML,

    /// <summary>Apple's accelerators by CoreML, on macOS.</summary>
    CoreML,
}
