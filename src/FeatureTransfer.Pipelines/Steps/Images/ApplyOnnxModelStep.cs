namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The shape that an input or output of an ONNX model has, where the model leaves it open.</summary>
public sealed record OnnxShape
{
    /// <summary>The input or output.</summary>
    public required string Name { get; init; }

    /// <summary>The dimensions; -1 is open.</summary>
    public required ValueList<int> Shape { get; init; }
}

/// <summary>Runs an ONNX model as it is.</summary>
public sealed record ApplyOnnxModelStep : PipelineStep
{
    /// <summary>The model, relative to the pipeline's file.</summary>
    public required string ModelFile { get; init; }

    /// <summary>The outputs to keep, each a column of its name; empty, the default, is all.</summary>
    public ValueList<string> Outputs { get; init; } = [];

    /// <summary>The columns of the inputs, in the model's order; empty, the default, takes the columns of the inputs' names.</summary>
    public ValueList<string> Inputs { get; init; } = [];

    /// <summary>Shapes that the model leaves open. Default: none.</summary>
    public ValueList<OnnxShape> ShapeDictionary { get; init; } = [];

    /// <summary>The GPU to run on; null, the default, is the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Whether the CPU stands in for a GPU that is not there. Default false.</summary>
    public bool FallbackToCpu { get; init; }
}
