namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Settings of <c>ApplyOnnxModel</c>.</summary>
public sealed class OnnxOptions
{
    /// <summary>The model file.</summary>
    public string? ModelFile;

    /// <summary>Columns that are the model's inputs of the same names; null is all of them.</summary>
    public string[]? InputColumns;

    /// <summary>The model's outputs that become columns; null is all of them.</summary>
    public string[]? OutputColumns;

    /// <summary>The GPU to run on; null is the CPU.</summary>
    public int? GpuDeviceId;

    /// <summary>Whether a GPU that cannot be used means the CPU, rather than an error.</summary>
    public bool FallbackToCpu;

    /// <summary>Shapes in place of those in the model, by the names of inputs and outputs.</summary>
    public IDictionary<string, int[]>? ShapeDictionary;

    /// <summary>Kept for ML.NET's sake: how deep its parser of model files may recurse.</summary>
    public int RecursionLimit = 100;

    /// <summary>Threads that run independent operators side by side; null is ONNX Runtime's choice.</summary>
    public int? InterOpNumThreads;

    /// <summary>Threads within one operator; null is ONNX Runtime's choice.</summary>
    public int? IntraOpNumThreads;
}
