using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction;

public sealed partial class FeatureExtractor
{
    // Rows that are done and wait for the caller: few, so that a slow one stops the source.
    private const int DoneAhead = 16;

    /// <summary>
    /// Extracts features of what an asynchronous source gives: a database reader, a queue, a download. Each item comes out with its own
    /// features, in the order of the source. Inputs that cannot be used are left out and told to <see cref="FeatureTransferServices.Rejected"/>.
    /// </summary>
    /// <typeparam name="T">The caller's own type.</typeparam>
    /// <param name="items">The items; they are asked for as the work goes on, no more than a bounded number ahead of the caller.</param>
    /// <param name="image">The image of an item.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <example>
    /// <code>
    /// await foreach (var row in extractor.ExtractAsync(products, product => InputValue.FromBytes(product.Photo, product.Sku)))
    ///     await index.AddAsync(row.Item.Sku, row.Features);
    /// </code>
    /// </example>
    public IAsyncEnumerable<ExtractedFeatures<T>> ExtractAsync<T>(IAsyncEnumerable<T> items, Func<T, InputValue> image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(image);
        return ReadAsync(token => Extract(items.ToBlockingEnumerable(token), image, token), cancellationToken);
    }

    /// <inheritdoc cref="ExtractAsync{T}(IAsyncEnumerable{T}, Func{T, InputValue}, CancellationToken)"/>
    public IAsyncEnumerable<ExtractedFeatures<T>> ExtractAsync<T>(IEnumerable<T> items, Func<T, InputValue> image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(image);
        return ReadAsync(token => Extract(items, image, token), cancellationToken);
    }

    /// <summary>Extracts features and hands each row to a callback, one after the other in the order of the source.</summary>
    /// <typeparam name="T">The caller's own type.</typeparam>
    /// <param name="items">The items; they are asked for as the work goes on, no more than a bounded number ahead of the callback.</param>
    /// <param name="image">The image of an item.</param>
    /// <param name="take">Takes a row; the next comes when it is done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many rows were handed over.</returns>
    public async Task<long> ExtractAsync<T>(
        IAsyncEnumerable<T> items, Func<T, InputValue> image, Func<ExtractedFeatures<T>, CancellationToken, ValueTask> take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(take);
        var count = 0L;
        await foreach (var row in ExtractAsync(items, image, cancellationToken).ConfigureAwait(false))
        {
            await take(row, cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    // The work blocks where it waits, so it has a thread of its own; whoever reads does not.
    private static async IAsyncEnumerable<T> ReadAsync<T>(Func<CancellationToken, IEnumerable<T>> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(DoneAhead) { SingleReader = true, SingleWriter = true });
        var work = Task.Factory.StartNew(() => Write(rows(stop.Token), channel.Writer, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var row in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return row;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }
    }

    private static void Write<T>(IEnumerable<T> rows, ChannelWriter<T> writer, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var row in rows)
                writer.WriteAsync(row, cancellationToken).AsTask().GetAwaiter().GetResult();
            writer.Complete();
        }
        catch (Exception exception)
        {
            // The reading side throws it, unless it has stopped by itself.
            writer.TryComplete(exception);
        }
    }
}
