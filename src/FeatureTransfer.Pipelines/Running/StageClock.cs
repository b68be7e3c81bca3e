using System.Diagnostics;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Measures how long each stage of a run takes.</summary>
internal sealed class StageClock
{
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);

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
            _seconds[stage] = watch.Elapsed.TotalSeconds;
        }
    }
}
