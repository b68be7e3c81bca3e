using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Serving;

/// <summary>
/// Predicts for one row at a time with a model file, for a server: safe to use from any number of threads at once, all of which share one
/// model. A new file in the place of the old is taken up while the program runs.
/// </summary>
/// <typeparam name="TInput">A row as the model reads it.</typeparam>
/// <typeparam name="TOutput">The columns to read from what the model gives.</typeparam>
public sealed class ModelPredictor<TInput, TOutput> : IDisposable
    where TInput : class
    where TOutput : class, new()
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly ModelPredictorOptions _options;
    private ServedModel<TInput, TOutput> _current;
    private FileStamp _stamp;
    private long _checked;
    private int _checking;
    private bool _disposed;

    /// <summary>Opens the model.</summary>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="options">How it is served. Default the defaults.</param>
    /// <exception cref="FeatureTransferException">The file is missing, damaged or of another version.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The model reads columns that the rows do not have.</exception>
    public ModelPredictor(string path, ModelPredictorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _options) = (path, options ?? new ModelPredictorOptions());
        _stamp = FileStamp.Of(path);
        _checked = _options.Clock.GetTimestamp();
        _current = new ServedModel<TInput, TOutput>(path, _options.Services);
    }

    /// <summary>Predicts for one row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="BadInputException">The row's input cannot be read; the message says why.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is closed.</exception>
    public TOutput Predict(TInput row)
    {
        ArgumentNullException.ThrowIfNull(row);
        LookNowAndThen();
        ServedModel<TInput, TOutput> model;
        Extraction.Sessions.UseCount.Use use;
        lock (_lock)
        {
            model = _current;
            use = model.Enter();
        }

        using (use)
            return model.Predict(row);
    }

    /// <summary>
    /// Takes up the file if it has changed since it was last looked at. The old model answers until the new one is ready, and is freed when
    /// its last call ends; a file that cannot be opened leaves it in place and is told of in the log.
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

    /// <summary>Waits for the calls of the moment, then frees the model.</summary>
    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        _current.Close();
    }

    private bool Reload()
    {
        ServedModel<TInput, TOutput> next;
        try
        {
            next = new ServedModel<TInput, TOutput>(_path, _options.Services);
        }
        catch (Exception exception) when (exception is FeatureTransferException or ArgumentException or InvalidOperationException or FormatException)
        {
            _options.Services.Logger.LogError(exception, "{Path}: the new model cannot be used, the old one goes on", _path);
            return false;
        }

        ServedModel<TInput, TOutput> old;
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
