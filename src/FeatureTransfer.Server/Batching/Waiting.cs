namespace FeatureTransfer.Server.Batching;

/// <summary>An item that waits for its answer.</summary>
/// <param name="Item">The item.</param>
/// <param name="Since">When it came.</param>
/// <param name="Gone">Tells that nobody waits for the answer any more.</param>
internal sealed record Waiting<TItem, TResult>(TItem Item, long Since, CancellationToken Gone)
{
    // Whoever answers a batch does not run what each of its requests does next.
    public TaskCompletionSource<TResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
