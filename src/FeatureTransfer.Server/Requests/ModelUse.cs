using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Server.Models;

namespace FeatureTransfer.Server.Requests;

/// <summary>A request's use of a model. Who stops waiting leaves items behind that may be within the model: the use ends when they are out.</summary>
internal sealed class ModelUse : IDisposable
{
    private readonly UseCount.Use _use;
    private Task _work = Task.CompletedTask;

    public ModelUse(ModelHost host)
    {
        _use = host.Enter(out var model);
        Model = model;
    }

    /// <summary>The model.</summary>
    public ServedBundle Model { get; }

    /// <summary>Waits for work within the model.</summary>
    public Task<T> UntilAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        _work = work;
        return work.WaitAsync(cancellationToken);
    }

    public void Dispose() => _ = _work.ContinueWith(static (work, use) => ((UseCount.Use)use!).Dispose(), _use, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
