using FeatureTransfer.Extraction.Sessions;
using Microsoft.Extensions.ObjectPool;

namespace FeatureTransfer.Serving;

/// <summary>One model with a pool of prediction engines, which are for one caller at a time; the model itself is for all of them.</summary>
internal sealed class ServedModel<TInput, TOutput> : IServed
    where TInput : class
    where TOutput : class, new()
{
    private readonly ITransformer _model;
    private readonly ObjectPool<PredictionEngine<TInput, TOutput>> _engines;
    private readonly UseCount _uses = new(nameof(ModelPredictor<,>));

    /// <summary>Opens a model file and binds a first engine, so that a model which does not fit the rows is found out now.</summary>
    public ServedModel(string path, FeatureTransferServices services)
    {
        var catalog = new MLContext().Model;
        _model = catalog.LoadBundle(path, out _, services);
        _engines = new DefaultObjectPoolProvider().Create(new Policy(catalog, _model));
        try
        {
            _engines.Return(_engines.Get());
        }
        catch (Exception)
        {
            Free();
            throw;
        }
    }

    /// <summary>Begins a use: the model stays open until it ends.</summary>
    public UseCount.Use Enter() => _uses.Enter();

    /// <summary>Predicts for one row.</summary>
    public TOutput Predict(TInput row)
    {
        var engine = _engines.Get();
        try
        {
            return engine.Predict(row);
        }
        finally
        {
            _engines.Return(engine);
        }
    }

    /// <summary>Waits for the calls of the moment, then frees the model.</summary>
    public void Close()
    {
        if (_uses.Close())
            Free();
    }

    private void Free()
    {
        (_engines as IDisposable)?.Dispose();
        (_model as IDisposable)?.Dispose();
    }

    private sealed class Policy(ModelOperationsCatalog catalog, ITransformer model) : IPooledObjectPolicy<PredictionEngine<TInput, TOutput>>
    {
        public PredictionEngine<TInput, TOutput> Create() =>
            catalog.CreatePredictionEngine<TInput, TOutput>(model, new PredictionEngineOptions { OwnsTransformer = false });

        public bool Return(PredictionEngine<TInput, TOutput> obj) => true;
    }
}
