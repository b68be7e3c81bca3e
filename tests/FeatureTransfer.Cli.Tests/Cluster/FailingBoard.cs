using System.Reflection;
using FeatureTransfer.Orleans.Jobs;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>A board whose first call fails as one does whose silo dies meanwhile; then it knows of no job, and takes the next as done.</summary>
internal sealed class FailingBoard : IJobBoard
{
    private readonly Queue<Exception> _failures;
    private bool _isSubmitted;

    public FailingBoard(params Exception[] failures) => _failures = new Queue<Exception>(failures);

    /// <summary>Ends when somebody asks for work after the failures.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A factory of grains that has this one alone.</summary>
    public IGrainFactory Factory
    {
        get
        {
            var factory = DispatchProxy.Create<IGrainFactory, OnlyBoard>();
            ((OnlyBoard)(object)factory).Board = this;
            return factory;
        }
    }

    public Task SubmitAsync(JobSpec job, Shard[] shards, byte[] done)
    {
        _isSubmitted = true;
        return Task.CompletedTask;
    }

    public Task<JobProgress?> ProgressAsync(Guid job) => _failures.TryDequeue(out var failure)
        ? Task.FromException<JobProgress?>(failure)
        : Task.FromResult(_isSubmitted ? new JobProgress { IsDone = true, Rows = 3, Silos = 1 } : null);

    public Task<ShardLease?> TakeAsync(string silo)
    {
        if (_failures.TryDequeue(out var failure))
            return Task.FromException<ShardLease?>(failure);
        Asked.TrySetResult();
        return Task.FromResult<ShardLease?>(null);
    }

    public Task RemoveAsync(Guid job) => throw new NotSupportedException();

    public Task<bool> RenewAsync(string silo, Guid job, int shard, int rows) => throw new NotSupportedException();

    public Task CompleteAsync(string silo, Guid job, int shard, string? unseen) => throw new NotSupportedException();

    public Task FailAsync(Guid job, string reason) => throw new NotSupportedException();

    /// <summary>Has to be open to inheritance.</summary>
    internal class OnlyBoard : DispatchProxy
    {
        public IJobBoard? Board { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Board;
    }
}
