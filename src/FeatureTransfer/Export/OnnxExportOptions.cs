namespace FeatureTransfer.Export;

/// <summary>How a model becomes one ONNX file.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Whether its networks compute in 8-bit integers: smaller, and faster on CPUs; a model of texts has to be trained in them. Default false, which leaves them as they are.</summary>
    public bool Int8 { get; init; }

    /// <summary>Image files of the kind that the model will see, which <see cref="Int8"/> takes its ranges from: some 50. A model that was trained with int8 needs none. Default none.</summary>
    public IReadOnlyList<string> CalibrationImages { get; init; } = [];

    /// <summary>Whether a program in C# and one in Python are written beside the file, <c>.cs</c> and <c>.py</c>, that ask it about one input. Default false.</summary>
    public bool Snippets { get; init; }
}
