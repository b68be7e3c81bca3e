using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// One weight that learns: its values and its gradient lie in memory that ONNX Runtime reads and writes itself, so that a step copies nothing.
/// </summary>
internal sealed class Parameter : IDisposable
{
    private readonly long[] _shape;

    public Parameter(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> values)
    {
        Name = name;
        Shape = shape;
        _shape = [.. shape.Select(size => (long)size)];
        Values = LargeArray.Copy(values);
        Gradient = LargeArray.Zeros<float>(values.Length);
        Tensor = OrtValue.CreateTensorValueFromMemory(Values, _shape);
        GradientTensor = OrtValue.CreateTensorValueFromMemory(Gradient, _shape);
    }

    /// <summary>The name of the initializer.</summary>
    public string Name { get; }

    /// <summary>Its sizes, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values, changed in place.</summary>
    public float[] Values { get; }

    /// <summary>The gradient of the last batch.</summary>
    public float[] Gradient { get; }

    /// <summary>The values as a tensor over the same memory.</summary>
    public OrtValue Tensor { get; }

    /// <summary>The gradient as a tensor over the same memory.</summary>
    public OrtValue GradientTensor { get; }

    /// <summary>The factor on the learning rate. Default 1.</summary>
    public double LearningRateFactor { get; set; } = 1;

    /// <summary>Whether weight decay counts: not for biases and normalizations, which have one dimension.</summary>
    public bool Decays => Shape.Count > 1;

    /// <summary>What the optimizer remembers, each as long as the values.</summary>
    public float[][] State { get; set; } = [];

    /// <summary>How many steps this parameter made.</summary>
    public long Steps { get; set; }

    /// <summary>The moving average of the values; null where none is kept.</summary>
    public float[]? Average { get; set; }

    /// <summary>A tensor over an array of the same shape.</summary>
    public OrtValue TensorOver(float[] values) => OrtValue.CreateTensorValueFromMemory(values, _shape);

    public void Dispose()
    {
        Tensor.Dispose();
        GradientTensor.Dispose();
    }
}
