using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>Work on several items at once. What fails is thrown as it is, so that its message reaches the caller.</summary>
internal static class Together
{
    /// <summary>Does something with each item. Whoever is free takes the next, so that work whose longest items come first ends together.</summary>
    public static void Do<T>(IEnumerable<T> items, int atOnce, CancellationToken cancellationToken, Action<T> work)
    {
        try
        {
            Parallel.ForEach(Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, work);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
