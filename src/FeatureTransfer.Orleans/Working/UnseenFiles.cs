namespace FeatureTransfer.Orleans.Working;

/// <summary>Of the rows of a shard that were left out, remembers the first whose file is not there. The client leaves the same rows out, and says why.</summary>
internal sealed class UnseenFiles : IRejectedRowSink
{
    private readonly Lock _lock = new();
    private string? _first;

    public void Reject(RejectedRow row)
    {
        lock (_lock)
        {
            if (_first is null && Path.IsPathRooted(row.Input) && !File.Exists(row.Input))
                _first = row.Input;
        }
    }

    /// <summary>The first since it was last asked for, or null.</summary>
    public string? Take()
    {
        lock (_lock)
        {
            var first = _first;
            _first = null;
            return first;
        }
    }
}
