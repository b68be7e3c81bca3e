namespace FeatureTransfer.Extraction.Flow;

/// <summary>A row that was read and has its place in the order; it is settled once, by whichever worker finishes it.</summary>
internal sealed class FlowTicket<T>(FlowInput<T> input)
{
    private float[]? _features;
    private BadInputException? _error;

    public FeatureInput Input => input.Input;

    /// <summary>The key that its features are kept under.</summary>
    public FeatureKey Key { get; set; }

    public bool IsSettled { get; private set; }

    public void Settle(float[]? features, BadInputException? error) => (_features, _error, IsSettled) = (features, error, true);

    public FlowRow<T> ToRow() => new(input.Payload, input.Input, _features, _error);
}
