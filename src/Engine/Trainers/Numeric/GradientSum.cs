using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>One lane's share of the gradient, in double precision.</summary>
internal sealed class GradientSum(int outputs, int features)
{
    private double[]? _dense;
    private double[]? _bySlot;
    private float[]? _tile;
    private double[]? _wide;

    public int Outputs => outputs;

    /// <summary>The sum of losses.</summary>
    public double Loss { get; set; }

    public double[] Biases { get; } = new double[outputs];

    /// <summary>Room (outputs, features) for a product in single precision.</summary>
    public float[] Tile => _tile ??= new float[outputs * features];

    /// <summary>The sum over sparse rows, (features, outputs).</summary>
    public double[] BySlot() => _bySlot ??= new double[outputs * features];

    public void Clear()
    {
        Loss = 0;
        Array.Clear(Biases);
        _dense?.AsSpan().Clear();
        _bySlot?.AsSpan().Clear();
    }

    public void AddTile()
    {
        _dense ??= new double[Tile.Length];
        _wide ??= new double[Math.Min(4096, Tile.Length)];
        for (int at = 0; at < Tile.Length; at += _wide.Length)
        {
            var wide = _wide.AsSpan(0, Math.Min(_wide.Length, Tile.Length - at));
            TensorPrimitives.ConvertTruncating<float, double>(Tile.AsSpan(at, wide.Length), wide);
            var target = _dense.AsSpan(at, wide.Length);
            TensorPrimitives.Add(target, wide, target);
        }
    }

    /// <summary>Adds this share to a gradient of biases, then weights (outputs, features).</summary>
    public void AddTo(Span<double> gradient)
    {
        for (int k = 0; k < outputs; k++)
            gradient[k] += Biases[k];
        var weights = gradient[outputs..];
        if (_dense is not null)
            TensorPrimitives.Add(weights, _dense, weights);
        if (_bySlot is null)
            return;
        for (int k = 0; k < outputs; k++)
            for (int j = 0; j < features; j++)
                weights[(k * features) + j] += _bySlot[(j * outputs) + k];
    }
}
