using FeatureTransfer.Devices;

namespace FeatureTransfer.Server;

/// <summary>What a server takes on, and what it refuses before it costs anything.</summary>
public sealed record FeatureTransferServerOptions
{
    /// <summary>Bytes of a request's body. More is answered with 413. Default 16 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of all bodies that are in memory at a time. More is answered with 429. Default 512 MiB.</summary>
    public long MaxBytesInFlight { get; init; } = 512 << 20;

    /// <summary>Pixels of an image, as its header says: checked before anything is decoded. Default 50 million.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>Items of a request. More is answered with 413. Default 64.</summary>
    public int MaxItems { get; init; } = 64;

    /// <summary>Items that wait for the model. More is answered with 429. Default 256.</summary>
    public int MaxQueuedItems { get; init; } = 256;

    /// <summary>Requests at a time, where the app uses ASP.NET's rate limiter, as <c>ft serve</c> does. More is answered with 429. Default 128.</summary>
    public int MaxConcurrentRequests { get; init; } = 128;

    /// <summary>Items that go through the model at once. Default 32. A model of images alone, on the CPU, takes each by itself: more at once gain nothing there.</summary>
    public int MaxBatchSize { get; init; } = 32;

    /// <summary>How long a batch that is not full waits for more while another one is computed; an idle model starts at once. Default 0; some milliseconds serve a GPU better.</summary>
    public TimeSpan MaxBatchWait { get; init; }

    /// <summary>Batches at a time. Default, and null: 2, so that the next one is decoded while one is computed; where items are taken each by itself, as many as there are cores.</summary>
    public int? ConcurrentBatches { get; init; }

    /// <summary>How long a request may take, its body included. Default 30 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the model's file is looked at for a new one in its place. Default one second.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the server goes on answering when it is told to stop, with readiness already false, so that load balancers turn away. Default 0.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>Keys of which a request must bring one; empty lets everybody in. Default none.</summary>
    public ApiKeys ApiKeys { get; init; } = ApiKeys.None;

    /// <summary>From where on a row is called positive, or is given a label. Default, and null: what training chose.</summary>
    public double? Threshold { get; init; }

    /// <summary>What the model runs on. Default, and null: what the steps say.</summary>
    public Device? Device { get; init; }

    /// <summary>Tells the time. Default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Checks that the limits can be met.</summary>
    /// <exception cref="FeatureTransferException">One cannot.</exception>
    internal void Check()
    {
        Require(MaxBodyBytes >= 1 && MaxBytesInFlight >= MaxBodyBytes, $"{nameof(MaxBodyBytes)} is 1 or more, and at most {nameof(MaxBytesInFlight)}");
        Require(MaxPixels >= 1, $"{nameof(MaxPixels)} is 1 or more");
        Require(MaxItems >= 1 && MaxQueuedItems >= MaxItems, $"{nameof(MaxItems)} is 1 or more, and at most {nameof(MaxQueuedItems)}");
        Require(MaxBatchSize >= 1 && ConcurrentBatches is null or >= 1 && MaxConcurrentRequests >= 1, $"{nameof(MaxBatchSize)}, {nameof(ConcurrentBatches)} and {nameof(MaxConcurrentRequests)} are 1 or more");
        Require(RequestTimeout > TimeSpan.Zero && CheckInterval > TimeSpan.Zero && MaxBatchWait >= TimeSpan.Zero && DrainDelay >= TimeSpan.Zero, "no time is negative, and time-out and interval are more than 0");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
            throw new FeatureTransferException($"{nameof(FeatureTransferServerOptions)}: {rule}.");
    }
}
