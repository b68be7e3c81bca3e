using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// A line search for the strong Wolfe conditions: bracketing, then narrowing by cubic interpolation (Nocedal and Wright,
/// algorithms 3.5 and 3.6).
/// </summary>
internal sealed class WolfeSearch(LbfgsState state, LbfgsSettings settings) : LineSearch(state)
{
    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const double Margin = 0.01;
    private const int MaxTries = 30;

    private double _slope;

    private readonly record struct Probe(double Length, double Value, double Slope);

    public override void ChooseDirection(CurvatureHistory history)
    {
        TensorPrimitives.Negate(State.Gradient, State.Direction);
        history.Apply(State.Direction);
    }

    public override bool Step(bool isFirst)
    {
        _slope = TensorPrimitives.Dot<double>(State.Direction, State.Gradient);
        if (_slope >= 0)
            return false;
        var last = new Probe(0, State.Value, _slope);
        double length = FirstLength(isFirst);
        for (int i = 0; i < MaxTries; i++)
        {
            var probe = Evaluate(length);
            if (double.IsPositiveInfinity(probe.Value))
            {
                length /= 2;
                continue;
            }
            if (IsTooHigh(probe) || (last.Length > 0 && probe.Value >= last.Value))
                return Narrow(last, probe);
            if (IsFlatEnough(probe))
                return true;
            if (probe.Slope >= 0)
                return Narrow(probe, last);
            last = probe;
            length *= 2;
        }
        return false;
    }

    private bool Narrow(Probe low, Probe high)
    {
        for (int i = 0; i < MaxTries && low.Length != high.Length; i++)
        {
            var probe = Evaluate(Inside(low, high));
            if (probe.Length == low.Length || probe.Length == high.Length)
                return false;
            if (IsTooHigh(probe) || probe.Value >= low.Value)
            {
                high = probe;
                continue;
            }
            if (IsFlatEnough(probe))
                return true;
            if (probe.Slope * (high.Length - low.Length) >= 0)
                high = low;
            low = probe;
        }
        return false;
    }

    // The minimum of the cubic through both ends, kept off the ends themselves.
    private static double Inside(Probe a, Probe b)
    {
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Length - b.Length));
        double square = (d1 * d1) - (a.Slope * b.Slope);
        double d2 = Math.Sign(b.Length - a.Length) * Math.Sqrt(Math.Max(square, 0));
        double length = b.Length - ((b.Length - a.Length) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))));
        double left = Math.Min(a.Length, b.Length);
        double right = Math.Max(a.Length, b.Length);
        if (!double.IsFinite(length) || square < 0)
            return (left + right) / 2;
        double margin = Margin * (right - left);
        return Math.Clamp(length, left + margin, right - margin);
    }

    private bool IsTooHigh(Probe probe) => probe.Value > State.Value + (Decrease * probe.Length * _slope);

    private bool IsFlatEnough(Probe probe) => Math.Abs(probe.Slope) <= -Curvature * _slope;

    private Probe Evaluate(double length)
    {
        State.MoveNext(length);
        if (settings.NonNegative)
        {
            var weights = State.NextX.AsSpan(settings.FreeCount);
            TensorPrimitives.Max(weights, 0, weights);
        }
        double value = State.EvaluateNext();
        return new(length, value, TensorPrimitives.Dot<double>(State.Direction, State.NextGradient));
    }
}
