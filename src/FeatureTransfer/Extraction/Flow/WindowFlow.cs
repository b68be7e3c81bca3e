using System.Runtime.ExceptionServices;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>
/// Features of many inputs, a block at a time: while one is computed the next is read and prepared, and memory does not grow with the input.
/// Rows come out in the order in which they went in.
/// </summary>
internal sealed class WindowFlow<T>(WindowBlockReader<T> reader, Action<WindowBlock<T>, CancellationToken> compute, FeatureKeeper keeper, int length)
{
    /// <summary>Runs the inputs through.</summary>
    public IEnumerable<FlowRow<T>> Run(IEnumerable<FlowInput<T>> inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var source = inputs.GetEnumerator();
        var next = Read(source, stop.Token);
        try
        {
            while (true)
            {
                var block = Wait(next, cancellationToken);
                if (!block.IsLast && block.Failure is null)
                    next = Read(source, stop.Token);
                compute(block, cancellationToken);
                foreach (var ticket in block.Rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return FiniteFeatures.Checked(ticket.ToRow());
                }

                if (block.Failure is { } failure)
                    ExceptionDispatchInfo.Throw(failure);
                if (block.IsLast)
                    yield break;
            }
        }
        finally
        {
            // Nobody may read the source once it is freed.
            stop.Cancel();
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
            keeper.Flush();
        }
    }

    private Task<WindowBlock<T>> Read(IEnumerator<FlowInput<T>> source, CancellationToken cancellationToken) =>
        Task.Run(() => reader.Read(source, length, cancellationToken), CancellationToken.None);

    private static WindowBlock<T> Wait(Task<WindowBlock<T>> next, CancellationToken cancellationToken)
    {
        var block = next.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        return block;
    }
}
