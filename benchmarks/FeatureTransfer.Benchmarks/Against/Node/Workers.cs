using System.Diagnostics;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>Threads that take the next piece of work each, timed together.</summary>
internal static class Workers
{
    /// <summary>Runs the work for 0 to count - 1 on so many threads, and gives pieces a second.</summary>
    /// <param name="threads">How many threads.</param>
    /// <param name="count">How many pieces.</param>
    /// <param name="start">Makes one thread's work before the clock starts.</param>
    public static double Rate(int threads, int count, Func<Action<int>> start)
    {
        var next = -1;
        var works = Enumerable.Range(0, threads).Select(_ => start()).ToArray();
        var watch = Stopwatch.StartNew();
        var running = works.Select(work =>
        {
            var thread = new Thread(() =>
            {
                for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                    work(i);
            });
            thread.Start();
            return thread;
        }).ToArray();
        foreach (var thread in running)
            thread.Join();
        return count / watch.Elapsed.TotalSeconds;
    }
}
