using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>How much alignment counts, as the input of the training graph.</summary>
internal sealed class AlignmentStrength : IDisposable
{
    private readonly DomainAlignmentOptions _options;
    private readonly float[] _value = new float[1];
    private readonly OrtValue _tensor;

    public AlignmentStrength(DomainAlignmentOptions options)
    {
        _options = options;
        _tensor = OrtValue.CreateTensorValueFromMemory(_value, []);
    }

    /// <summary>The course of Ganin and others: 2 / (1 + exp(-10 p)) - 1 of the weight, p from 0 to 1.</summary>
    public static double Of(DomainAlignmentOptions options, double progress) => options.Weight * ((2 / (1 + Math.Exp(-10 * progress))) - 1);

    /// <summary>The tensor for a place in the stage; the adversary's gradient is reversed by it.</summary>
    public OrtValue At(double progress)
    {
        _value[0] = (float)Of(_options, progress);
        if (_options.Method == DomainAlignmentMethod.Adversarial)
            _value[0] = -_value[0];
        return _tensor;
    }

    public void Dispose() => _tensor.Dispose();
}
