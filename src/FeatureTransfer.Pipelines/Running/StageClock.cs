using System.Diagnostics;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Measures how long each stage of a run takes.</summary>
internal sealed class StageClock
{
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The seconds so far, by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>Does a stage's work and measures it.</summary>
    public T Time<T>(string stage, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return work();
        }
        finally
        {
            lock (_lock)
                _seconds[stage] = watch.Elapsed.TotalSeconds;
        }
    }

    /// <summary>Does the work of two stages at once and measures each; returns, or throws what the first or the second threw, when both have ended.</summary>
    public (TFirst First, TSecond Second) TimeTogether<TFirst, TSecond>((string Stage, Func<TFirst> Work) first, (string Stage, Func<TSecond> Work) second)
    {
        // In this order in what is written, whichever ends first.
        (_seconds[first.Stage], _seconds[second.Stage]) = (0, 0);
        var beside = Task.Run(() => Time(second.Stage, second.Work));
        try
        {
            return (Time(first.Stage, first.Work), beside.GetAwaiter().GetResult());
        }
        finally
        {
            Task.WaitAny(beside);
        }
    }
}
