using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>The weights of one output, with those before the L1 penalty shrinks them.</summary>
internal sealed class SdcaWeights(int features, SdcaSettings settings)
{
    private readonly float[] _values = new float[features];
    private readonly float[]? _unshrunk = settings.L1 > 0 ? new float[features] : null;

    /// <summary>The weights as the model has them.</summary>
    public float[] Values => _values;

    public float Bias { get; private set; }

    public float Score(FeatureRow row) => row.Dot(_values) + Bias;

    public void Add(FeatureRow row, float scale)
    {
        Bias += scale * (1 + settings.BiasRate);
        if (_unshrunk is null)
        {
            row.AddTo(scale, _values);
            return;
        }
        row.AddTo(scale, _unshrunk);
        if (row.IsDense)
            for (int j = 0; j < _values.Length; j++)
                Shrink(j);
        else
            foreach (int j in row.Indices)
                Shrink(j);
    }

    /// <summary>The sums of squares, the bias among them, and of magnitudes.</summary>
    public (double Squares, double Magnitudes) Norms() =>
        (TensorPrimitives.SumOfSquares<float>(_values) + (Bias * Bias / (1 + settings.BiasRate)), TensorPrimitives.SumOfMagnitudes<float>(_values));

    private void Shrink(int j)
    {
        float value = _unshrunk![j];
        _values[j] = Math.Abs(value) <= settings.L1 ? 0 : value - (Math.Sign(value) * settings.L1);
    }
}
