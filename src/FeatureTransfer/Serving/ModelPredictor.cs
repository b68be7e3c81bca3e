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
    private readonly HotModel<ServedModel<TInput, TOutput>> _model;

    /// <summary>Opens the model.</summary>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="options">How it is served. Default the defaults.</param>
    /// <exception cref="FeatureTransferException">The file is missing, damaged or of another version.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The model reads columns that the rows do not have.</exception>
    public ModelPredictor(string path, ModelPredictorOptions? options = null)
    {
        var chosen = options ?? new ModelPredictorOptions();
        _model = new HotModel<ServedModel<TInput, TOutput>>(path, file => new ServedModel<TInput, TOutput>(file, chosen.Services), chosen);
    }

    /// <summary>Predicts for one row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="BadInputException">The row's input cannot be read; the message says why.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is closed.</exception>
    public TOutput Predict(TInput row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using (_model.Enter(out var model))
            return model.Predict(row);
    }

    /// <summary>
    /// Takes up the file if it has changed since it was last looked at. The old model answers until the new one is ready, and is freed when
    /// its last call ends; a file that cannot be opened leaves it in place and is told of in the log.
    /// </summary>
    /// <returns>Whether another model answers now.</returns>
    public bool ReloadIfChanged() => _model.ReloadIfChanged();

    /// <summary>Waits for the calls of the moment, then frees the model.</summary>
    public void Dispose() => _model.Dispose();
}
