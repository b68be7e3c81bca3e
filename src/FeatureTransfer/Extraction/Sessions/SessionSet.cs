using FeatureTransfer.Devices;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>The sessions of one model, by the threads of a run; each is opened when it is first needed and then shared.</summary>
internal sealed class SessionSet(ModelContent model, string name, long[] row, SessionSettings settings) : IDisposable
{
    private readonly Dictionary<int, FeatureSession> _sessions = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <summary>How many rows were computed so far.</summary>
    public long RowsComputed
    {
        get
        {
            lock (_lock)
                return _sessions.Values.Sum(session => session.RowsComputed);
        }
    }

    /// <summary>The shared session with so many threads a run.</summary>
    public FeatureSession this[int threads]
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (!_sessions.TryGetValue(threads, out var session))
                    _sessions[threads] = session = Open(threads);
                return session;
            }
        }
    }

    /// <summary>Opens a session for the caller alone.</summary>
    public FeatureSession Open(int threads) => new(model, name, row, settings with { IntraOpThreads = threads });

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var session in _sessions.Values)
                session.Dispose();
        }
    }
}
