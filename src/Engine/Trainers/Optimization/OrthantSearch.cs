using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The step of OWL-QN: the direction follows the pseudo-gradient, a parameter that would change its sign stops at zero,
/// and the length shrinks until the value falls by enough.
/// </summary>
internal sealed class OrthantSearch(LbfgsState state, LbfgsSettings settings) : LineSearch(state)
{
    private const double Shrink = 0.25;
    private const double MinDecrease = 1e-4;
    private const int MaxTries = 10;

    private readonly double[] _steepest = new double[state.X.Length];

    public override void ChooseDirection(CurvatureHistory history)
    {
        Steepest();
        _steepest.CopyTo(State.Direction, 0);
        history.Apply(State.Direction);
        HoldZeros();
    }

    public override bool Step(bool isFirst)
    {
        if (TensorPrimitives.Dot<double>(State.Direction, _steepest) <= 0)
            return false;
        double length = FirstLength(isFirst);
        MoveNext(length);
        if (Progress() < 0)
        {
            DropOpposed();
            MoveNext(length);
        }
        for (int i = 0; i < MaxTries; i++)
        {
            if (State.EvaluateNext() <= State.Value - (MinDecrease * Progress()))
                return Progress() != 0;
            length *= Shrink;
            MoveNext(length);
        }
        return false;
    }

    // How far the next point lies in the direction of steepest descent.
    private double Progress()
    {
        double sum = 0;
        for (int i = 0; i < _steepest.Length; i++)
            sum += _steepest[i] * (State.NextX[i] - State.X[i]);
        return sum;
    }

    private void MoveNext(double length)
    {
        State.MoveNext(length);
        for (int i = settings.FreeCount; i < State.X.Length; i++)
            if (State.X[i] * State.NextX[i] < 0 || (settings.NonNegative && State.NextX[i] < 0))
                State.NextX[i] = 0;
    }

    // A parameter at zero leaves it only where the pseudo-gradient leads.
    private void HoldZeros()
    {
        for (int i = settings.FreeCount; i < _steepest.Length; i++)
            if (State.X[i] == 0 && _steepest[i] * State.Direction[i] <= 0)
                State.Direction[i] = 0;
    }

    private void DropOpposed()
    {
        for (int i = settings.FreeCount; i < _steepest.Length; i++)
            if (_steepest[i] * State.Direction[i] < 0)
                State.Direction[i] = 0;
    }

    private void Steepest()
    {
        TensorPrimitives.Negate(State.Gradient, _steepest);
        for (int i = settings.FreeCount; i < _steepest.Length; i++)
            _steepest[i] = Steepest(State.X[i], State.Gradient[i]);
    }

    // At zero the penalty pulls back from either side: only a slope steeper than the penalty leads away.
    private double Steepest(double x, double slope)
    {
        if (x > 0)
            return -slope - settings.L1;
        if (x < 0)
            return -slope + settings.L1;
        if (slope < -settings.L1)
            return -slope - settings.L1;
        return slope > settings.L1 && !settings.NonNegative ? -slope + settings.L1 : 0;
    }
}
