using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>Memory for one batch, which ONNX Runtime reads as it is.</summary>
internal sealed class TrainingBatch
{
    private readonly IReadOnlyList<PartInput> _inputs;
    private readonly IReadOnlyList<int> _maskWidths;

    public TrainingBatch(IReadOnlyList<PartInput> inputs, int outputs, IReadOnlyList<int> maskWidths, int size)
    {
        (_inputs, Outputs, _maskWidths) = (inputs, outputs, maskWidths);
        Inputs = [.. inputs.Select(input => new float[checked(size * input.Length)])];
        Targets = new float[size * outputs];
        Masks = [.. maskWidths.Select(width => new float[size * width])];
    }

    /// <summary>The values a label.</summary>
    public int Outputs { get; }

    /// <summary>The rows that are filled.</summary>
    public int Rows { get; set; }

    /// <summary>One array an input of the trainable part, (rows, its row shape).</summary>
    public float[][] Inputs { get; }

    /// <summary>The labels, (rows, outputs).</summary>
    public float[] Targets { get; }

    /// <summary>One array a dropout of the head, (rows, width): 0, or what keeps the sum the same.</summary>
    public float[][] Masks { get; }

    /// <summary>The inputs as tensors.</summary>
    public IEnumerable<OrtValue> InputTensors() => InputTensors(0, Rows);

    /// <summary>The inputs of some rows as tensors.</summary>
    public IEnumerable<OrtValue> InputTensors(int first, int rows) => _inputs.Select((input, i) =>
        Tensor(Inputs[i].AsMemory(first * input.Length, rows * input.Length), [rows, .. input.RowShape.Select(size => (long)size)]));

    /// <summary>The labels as a tensor.</summary>
    public OrtValue TargetTensor() => Tensor(Targets.AsMemory(0, Rows * Outputs), [Rows, Outputs]);

    /// <summary>The masks as tensors.</summary>
    public IEnumerable<OrtValue> MaskTensors() => Masks.Select((mask, i) => Tensor(mask.AsMemory(0, Rows * _maskWidths[i]), [Rows, _maskWidths[i]]));

    private static OrtValue Tensor(Memory<float> values, long[] shape) => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
}
