namespace Microsoft.ML.Trainers;

/// <summary>Stops when the value improved little, on average and relative to itself, over the last steps.</summary>
internal sealed class ImprovementRule(double tolerance, int maxIterations)
{
    private const int Window = 5;

    private readonly Queue<double> _values = [];

    public bool IsDone(double value, int iteration)
    {
        _values.Enqueue(value);
        if (iteration >= maxIterations)
            return true;
        if (_values.Count <= Window)
            return false;
        double improvement = (_values.Dequeue() - value) / Window;
        return improvement <= tolerance * Math.Abs(value);
    }
}
