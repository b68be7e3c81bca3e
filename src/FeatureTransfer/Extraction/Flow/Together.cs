using System.Runtime.ExceptionServices;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>Work on several items at once. What fails is thrown as it is, so that its message reaches the caller.</summary>
internal static class Together
{
    /// <summary>Does something with each item.</summary>
    public static void Do<T>(IEnumerable<T> items, int atOnce, CancellationToken cancellationToken, Action<T> work)
    {
        try
        {
            Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, work);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
