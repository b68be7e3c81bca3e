namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>One input of an operator under test: a weight that learns, or a constant.</summary>
internal sealed record OperatorInput
{
    /// <summary>Its sizes.</summary>
    public long[] Shape { get; private init; } = [];

    /// <summary>The numbers of a weight or of a constant that does not learn; null where they are random.</summary>
    public double[]? Values { get; private init; }

    /// <summary>The range of random numbers.</summary>
    public (double Low, double High)? Range { get; private init; }

    /// <summary>Whole numbers: axes, indices, shapes.</summary>
    public long[]? Whole { get; private init; }

    /// <summary>Truth values.</summary>
    public bool[]? Truths { get; private init; }

    /// <summary>Whether the gradient is checked.</summary>
    public bool Learns { get; private init; }

    /// <summary>Whether the input is left out.</summary>
    public bool IsMissing => Values is null && Range is null && Whole is null && Truths is null;

    /// <summary>An input left out.</summary>
    public static OperatorInput None { get; } = new();

    /// <summary>A weight of that shape, with random values between -1 and 1.</summary>
    public static OperatorInput X(params long[] shape) => Between(-1, 1, shape);

    /// <summary>A weight with random values from a range.</summary>
    public static OperatorInput Between(double low, double high, params long[] shape) =>
        new() { Shape = shape, Learns = true, Range = (low, high) };

    /// <summary>A weight with these values.</summary>
    public static OperatorInput Weight(double[] values, params long[] shape) => new() { Shape = shape, Learns = true, Values = values };

    /// <summary>Numbers that do not learn.</summary>
    public static OperatorInput Fixed(double[] values, params long[] shape) => new() { Shape = shape, Values = values };

    /// <summary>A list of whole numbers.</summary>
    public static OperatorInput Ints(params long[] values) => new() { Shape = [values.Length], Whole = values };

    /// <summary>Whole numbers in a shape.</summary>
    public static OperatorInput Indices(long[] values, params long[] shape) => new() { Shape = shape, Whole = values };

    /// <summary>Truth values in a shape.</summary>
    public static OperatorInput Bools(bool[] values, params long[] shape) => new() { Shape = shape, Truths = values };

    /// <summary>The numbers of the input at a place, so that two inputs alike differ.</summary>
    public double[] NumbersAt(int place) => Values ?? Random(Range!.Value.Low, Range.Value.High, Shape, place);

    /// <summary>Numbers that keep a distance of 0.02 from each other's kinks at 0, 1 and -1, the same every time.</summary>
    public static double[] Random(double low, double high, long[] shape, int seed)
    {
        var random = new Random(seed + (31 * (int)shape.Sum()));
        var values = new double[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            do
                values[i] = low + (random.NextDouble() * (high - low));
            while (Math.Abs(values[i]) < 0.02 || Math.Abs(Math.Abs(values[i]) - 1) < 0.02);
        }

        return values;
    }
}
