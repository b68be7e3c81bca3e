using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>The point that a minimisation is at, and the one that it tries.</summary>
internal sealed class LbfgsState
{
    private readonly IObjective _objective;
    private readonly LbfgsSettings _settings;

    public LbfgsState(IObjective objective, double[] start, LbfgsSettings settings)
    {
        _objective = objective;
        _settings = settings;
        X = start;
        Gradient = new double[start.Length];
        NextX = new double[start.Length];
        NextGradient = new double[start.Length];
        Direction = new double[start.Length];
        Value = Evaluate(X, Gradient);
        if (!double.IsFinite(Value))
            throw new InvalidOperationException($"The loss at the first point is {Value}: check the features for values that are too large.");
    }

    public double[] X { get; private set; }

    public double[] Gradient { get; private set; }

    /// <summary>The value with the L1 penalty.</summary>
    public double Value { get; private set; }

    public double[] NextX { get; private set; }

    public double[] NextGradient { get; private set; }

    public double NextValue { get; private set; }

    public double[] Direction { get; }

    /// <summary>Evaluates the point that now lies in <see cref="NextX"/>.</summary>
    public double EvaluateNext()
    {
        NextValue = Evaluate(NextX, NextGradient);
        if (double.IsNaN(NextValue))
            throw new InvalidOperationException("The optimizer met a loss that is not a number: check the features for values that are too large.");
        return NextValue;
    }

    /// <summary>NextX = X + length · Direction.</summary>
    public void MoveNext(double length) => TensorPrimitives.MultiplyAdd(Direction, length, X, NextX);

    public void Accept()
    {
        (X, NextX) = (NextX, X);
        (Gradient, NextGradient) = (NextGradient, Gradient);
        Value = NextValue;
    }

    private double Evaluate(double[] x, double[] gradient)
    {
        double value = _objective.Evaluate(x, gradient);
        return _settings.L1 > 0
            ? value + (_settings.L1 * TensorPrimitives.SumOfMagnitudes<double>(x.AsSpan(_settings.FreeCount)))
            : value;
    }
}
