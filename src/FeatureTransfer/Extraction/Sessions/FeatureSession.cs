using System.Collections.Concurrent;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx.Fusion;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>
/// Runs a feature graph in ONNX Runtime, in the memory of batches. Safe to use from several threads: runs on one core share one session;
/// where a run has threads of its own, each of those at once has a session.
/// </summary>
internal sealed class FeatureSession : IDisposable
{
    private readonly InferenceSession _first;
    private readonly ConcurrentBag<InferenceSession> _free = [];
    private readonly ConcurrentBag<InferenceSession> _all = [];
    private readonly RunOptions _runOptions = new();
    private readonly Func<InferenceSession>? _open;
    private readonly BatchCheck _check;
    private readonly Lazy<string?> _obstacle;
    private readonly UseCount _uses = new(nameof(FeatureSession));
    private long _rowsComputed;

    private readonly string _name;

    public FeatureSession(ModelContent model, string name, long[] row, SessionSettings settings)
    {
        _name = name;
        var opened = DeviceSessions.OpenOn(model, name, settings with { AllowSpinning = false });
        (_first, Device, _) = opened;
        _all.Add(_first);
        _free.Add(_first);
        if (OnCpu && settings.IntraOpThreads > 1)
            _open = () => Keep(DeviceSessions.Open(model, name, settings with { AllowSpinning = false, Device = Device }));
        try
        {
            var declared = _first.InputMetadata[_first.InputNames[0]].Dimensions;
            SessionShapes.CheckInput(name, declared, row, Obstacle);
            _obstacle = declared is [> 0, ..]
                ? new Lazy<string?>(() => Obstacle() is { } node ? $"its batch is fixed to 1, and {node} may depend on it" : "its batch is fixed to 1")
                : new Lazy<string?>(() => RowIndependence.Obstacle(opened, row, FeatureTransferPaths.Checks));
            Shapes = SessionShapes.Measure(_first, row);
        }
        catch (OnnxRuntimeException exception)
        {
            Dispose();
            throw Failed(exception);
        }
        catch
        {
            Dispose();
            throw;
        }

        _check = new BatchCheck(this, name, settings.Logger);

        string? Obstacle() => FreeBatch.Obstacle(model.Model);
    }

    /// <summary>What the model runs on.</summary>
    public Device Device { get; }

    /// <summary>Whether that is the processor.</summary>
    public bool OnCpu => Device.Kind == DeviceKind.Cpu;

    /// <summary>Whether the model takes one row a run and no more; the first time a model is asked this it is tried out.</summary>
    public bool FixedBatch => _obstacle.Value is not null;

    /// <summary>Whether bottlenecks are computed by operators of our own.</summary>
    public bool RunsInLanes => LaneFusion.IsIn(_first);

    /// <summary>Why <see cref="FixedBatch"/>; null where it is not.</summary>
    public string? BatchObstacle => _obstacle.Value;

    /// <summary>What goes in and what comes out.</summary>
    public RowShapes Shapes { get; }

    /// <summary>How many rows were computed so far.</summary>
    public long RowsComputed => Interlocked.Read(ref _rowsComputed);

    /// <summary>
    /// Computes the first rows of a batch: together where that changes no bit, else one by one. A GPU always runs the whole batch, for its
    /// kernels are chosen by the size.
    /// </summary>
    /// <param name="tensors">The batch.</param>
    /// <param name="rows">How many of its rows, from the first.</param>
    /// <param name="filled">How many of these hold an image, for <see cref="RowsComputed"/>: a row that was cached leaves a gap.</param>
    public void Run(TensorBatch tensors, int rows, int filled)
    {
        if (!OnCpu && !FixedBatch)
            RunTogether(tensors, 0, tensors.Capacity);
        else if (rows == 1)
            RunTogether(tensors, 0, 1);
        else
            RunRows(tensors, rows);
        Interlocked.Add(ref _rowsComputed, filled);
    }

    /// <summary>Computes rows in one run, unchecked and uncounted.</summary>
    public void RunTogether(TensorBatch tensors, int first, int rows)
    {
        using var use = _uses.Enter();
        using var input = tensors.InputValue(first, rows);
        using var output = tensors.OutputValue(first, rows);
        var session = _open is null ? _first : _free.TryTake(out var free) ? free : _open();
        try
        {
            if (OnCpu)
                session.Run(_runOptions, session.InputNames, [input], session.OutputNames, [output]);
            else
                BoundRun.Run(session, _runOptions, input, output);
        }
        catch (OnnxRuntimeException exception)
        {
            throw Failed(exception);
        }

        if (_open is not null)
            _free.Add(session);
    }

    /// <summary>Waits for the runs of the moment, then frees the sessions.</summary>
    public void Dispose()
    {
        if (!_uses.Close())
            return;
        _runOptions.Dispose();
        foreach (var session in _all)
            session.Dispose();
    }

    private void RunRows(TensorBatch tensors, int rows)
    {
        if (!FixedBatch)
        {
            RunTogether(tensors, 0, rows);
            if (_check.Passes(tensors, rows))
                return;
        }

        for (var row = 0; row < rows; row++)
            RunTogether(tensors, row, 1);
    }

    private FeatureTransferException Failed(OnnxRuntimeException exception) =>
        new($"{_name}: the model takes images of this size, and fails on them in ONNX Runtime. {exception.Message} Look at how it was exported.", exception);

    private InferenceSession Keep(InferenceSession session)
    {
        _all.Add(session);
        return session;
    }
}
