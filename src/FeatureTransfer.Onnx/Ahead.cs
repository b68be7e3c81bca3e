namespace FeatureTransfer;

/// <summary>Loads what will be needed on another thread, while its user is busy with other things.</summary>
internal static class Ahead
{
    /// <summary>Begins to make a value; whoever asks for it waits for the rest, and a failure shows to them alone.</summary>
    /// <param name="value">The value, which is safe to ask for on several threads.</param>
    public static void Load<T>(Lazy<T> value)
    {
        if (!value.IsValueCreated)
            Task.Run(() => value.Value).ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
