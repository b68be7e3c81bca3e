namespace Microsoft.ML.Trainers;

/// <summary>Weights (outputs, features) in single precision, as the kernels read them.</summary>
internal sealed class WeightMatrix(int outputs, int features)
{
    private readonly Lock _lock = new();
    private float[]? _bySlot;
    private bool _bySlotCurrent;

    public int Outputs => outputs;

    public float[] Values { get; } = new float[outputs * features];

    public void Set(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            Values[i] = (float)values[i];
        _bySlotCurrent = false;
    }

    /// <summary>The same weights as (features, outputs), which sparse rows read without jumps.</summary>
    public float[] BySlot()
    {
        if (outputs == 1)
            return Values;
        lock (_lock)
        {
            if (_bySlotCurrent)
                return _bySlot!;
            _bySlot ??= new float[Values.Length];
            for (int k = 0; k < outputs; k++)
                for (int j = 0; j < features; j++)
                    _bySlot[(j * outputs) + k] = Values[(k * features) + j];
            _bySlotCurrent = true;
            return _bySlot;
        }
    }
}
