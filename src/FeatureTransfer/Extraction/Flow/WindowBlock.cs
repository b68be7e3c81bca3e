namespace FeatureTransfer.Extraction.Flow;

/// <summary>Some rows in the order of their source, looked up or prepared.</summary>
internal sealed class WindowBlock<T>
{
    /// <summary>The rows.</summary>
    public List<WindowTicket<T>> Rows { get; } = [];

    /// <summary>Why the source ended, where it failed; the rows before it are good.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether the source has no more.</summary>
    public bool IsLast { get; set; }
}

/// <summary>A row of a block: cached, to be computed, or faulty.</summary>
internal sealed record WindowTicket<T>(FlowInput<T> Input)
{
    /// <summary>What is computed; null for a row that is cached or faulty.</summary>
    public WindowRow? Row { get; set; }

    /// <summary>The features from the cache.</summary>
    public float[]? Cached { get; set; }

    /// <summary>Why the row cannot be used.</summary>
    public BadInputException? Error { get; set; }

    /// <summary>How the row leaves the flow.</summary>
    public FlowRow<T> ToRow() => new(Input.Payload, Input.Input, Cached ?? Row?.Features, Error);
}
