using FeatureTransfer.Extraction.Sessions;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Serving;

/// <summary>What is opened from a model file, and freed when its last use has ended.</summary>
internal interface IServed
{
    /// <summary>Begins a use: the model stays open until it ends.</summary>
    UseCount.Use Enter();

    /// <summary>Waits for the uses of the moment, then frees the model.</summary>
    void Close();
}

/// <summary>A model that is open, and its file, of which a new one is taken up: uses that have begun end with the old model.</summary>
/// <typeparam name="TModel">What is opened.</typeparam>
internal sealed class HotModel<TModel> : IDisposable
    where TModel : class, IServed
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly Func<string, TModel> _open;
    private readonly ModelPredictorOptions _options;
    private TModel _current;
    private FileStamp _stamp;
    private long _checked;
    private int _checking;
    private bool _disposed;

    /// <summary>Opens the model.</summary>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="open">Opens a file.</param>
    /// <param name="options">How it is served.</param>
    public HotModel(string path, Func<string, TModel> open, ModelPredictorOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _open, _options) = (path, open, options);
        _stamp = FileStamp.Of(path);
        _checked = options.Clock.GetTimestamp();
        _current = open(path);
    }

    /// <summary>Begins a use of the model of the moment.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public UseCount.Use Enter(out TModel model)
    {
        LookNowAndThen();
        lock (_lock)
        {
            model = _current;
            return model.Enter();
        }
    }

    /// <summary>
    /// Takes up the file if it has changed since it was last looked at. The old model answers until the new one is ready, and is freed when
    /// its last use ends; a file that cannot be opened leaves it in place and is told of in the log.
    /// </summary>
    /// <returns>Whether another model answers now.</returns>
    public bool ReloadIfChanged()
    {
        if (Interlocked.Exchange(ref _checking, 1) == 1)
            return false;
        try
        {
            var stamp = FileStamp.Of(_path);
            if (stamp == _stamp)
                return false;
            _stamp = stamp;
            return Reload();
        }
        finally
        {
            Volatile.Write(ref _checked, _options.Clock.GetTimestamp());
            Volatile.Write(ref _checking, 0);
        }
    }

    /// <summary>Waits for the uses of the moment, then frees the model.</summary>
    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        _current.Close();
    }

    private bool Reload()
    {
        TModel next;
        try
        {
            next = _open(_path);
        }
        catch (Exception exception) when (exception is FeatureTransferException or ArgumentException or InvalidOperationException or FormatException)
        {
            _options.Services.Logger.LogError(exception, "{Path}: the new model cannot be used, the old one goes on", _path);
            return false;
        }

        TModel old;
        lock (_lock)
            (old, _current) = _disposed ? (next, _current) : (_current, next);
        old.Close();
        if (old == next)
            return false;
        _options.Services.Logger.LogInformation("{Path}: the new model answers", _path);
        return true;
    }

    // Whoever asks has no time to wait for a new model.
    private void LookNowAndThen()
    {
        if (_options.ReloadOnChange && Volatile.Read(ref _checking) == 0 && _options.Clock.GetElapsedTime(Volatile.Read(ref _checked)) >= _options.CheckInterval)
            _ = Task.Run(ReloadIfChanged);
    }
}
