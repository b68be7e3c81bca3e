namespace FeatureTransfer.Extraction.Sessions;

/// <summary>Counts who uses native memory, so that it is freed when the last has gone and nobody comes after.</summary>
internal sealed class UseCount(string name)
{
    private readonly object _lock = new();
    private int _users;
    private bool _closed;

    /// <summary>Begins a use, which ends when what is returned is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public Use Enter()
    {
        lock (_lock)
        {
            if (_closed)
                throw new ObjectDisposedException(name);
            _users++;
            return new Use(this);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_users == 0)
                Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Lets nobody in any more and waits for those who are.</summary>
    /// <returns>Whether it was open.</returns>
    public bool Close()
    {
        lock (_lock)
        {
            var first = !_closed;
            _closed = true;
            while (_users > 0)
                Monitor.Wait(_lock);
            return first;
        }
    }

    /// <summary>A use.</summary>
    internal readonly struct Use(UseCount count) : IDisposable
    {
        public void Dispose() => count.Leave();
    }
}
