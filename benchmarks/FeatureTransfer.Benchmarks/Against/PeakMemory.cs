namespace FeatureTransfer.Benchmarks.Against;

/// <summary>How much the managed heap grows while something runs, looked at every few milliseconds.</summary>
internal static class PeakMemory
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(2);

    /// <summary>Runs the work and gives the largest growth in bytes.</summary>
    public static long During(Action work)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var stop = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        var watcher = new Thread(() =>
        {
            started.Set();
            while (!stop.Token.WaitHandle.WaitOne(_interval))
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        });
        watcher.Start();
        started.Wait();
        work();
        stop.Cancel();
        watcher.Join();
        return peak - before;
    }
}
