using System.Diagnostics;
using System.Runtime.InteropServices;
using FeatureTransfer.Extraction.Sessions;

namespace FeatureTransfer.Extraction.Tuning;

/// <summary>Times a model on made-up rows. Its sessions are its own, so that what they need is freed with them.</summary>
internal sealed class SpeedProbe : IDisposable
{
    private const int Rows = 4;

    // Bytes, more than a core's own caches hold.
    private const int OtherWork = 1 << 22;

    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(80);
    private readonly Func<int, FeatureSession> _open;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<int, FeatureSession> _sessions = [];
    private readonly TensorBatch _expected;

    public SpeedProbe(Func<int, FeatureSession> open, CancellationToken cancellationToken)
    {
        (_open, _cancellation) = (open, cancellationToken);
        var session = Session(1);
        _expected = Filled(session, Rows);
        for (var row = 0; row < Rows; row++)
            session.RunTogether(_expected, row, 1);
    }

    /// <summary>Whether more than one row a run can be timed.</summary>
    public bool TakesBatches => !Session(1).FixedBatch;

    /// <summary>Whether the model's bottlenecks are computed by operators of our own.</summary>
    public bool RunsInLanes => Session(1).RunsInLanes;

    /// <summary>Rows a second under a setting, or null where a feature comes out other than from one row on one core.</summary>
    public double? Measure(ExtractionSettings setting)
    {
        var session = Session(setting.IntraOpThreads);
        var tensors = Enumerable.Range(0, setting.Sessions).Select(_ => Filled(session, setting.BatchSize)).ToArray();
        var rates = new double[setting.Sessions];
        var workers = tensors.Select((batch, i) => new Thread(() => rates[i] = RunFor(session, batch, setting.BatchSize)) { IsBackground = true }).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        _cancellation.ThrowIfCancellationRequested();
        return IsExact(tensors[0], setting.BatchSize) ? rates.Sum() : null;
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
            session.Dispose();
    }

    // Rows a second, after two runs: ONNX Runtime learns in the first of a shape how to lay its memory out, and gets it in the second. In a flow each run
    // comes behind as many decoded images, which leave nothing of the model in the core's caches.
    private double RunFor(FeatureSession session, TensorBatch tensors, int rows)
    {
        session.RunTogether(tensors, 0, rows);
        session.RunTogether(tensors, 0, rows);
        var (clock, runs, others) = (Stopwatch.StartNew(), new Stopwatch(), new long[OtherWork / sizeof(long)]);
        var count = 0;
        do
        {
            Array.Fill(others, count);
            runs.Start();
            session.RunTogether(tensors, 0, rows);
            runs.Stop();
            count++;
        }
        while (clock.Elapsed < _slice && !_cancellation.IsCancellationRequested);
        return count * rows / runs.Elapsed.TotalSeconds;
    }

    private bool IsExact(TensorBatch tensors, int rows) => Enumerable.Range(0, rows).All(
        row => MemoryMarshal.AsBytes(tensors.Output(row)).SequenceEqual(MemoryMarshal.AsBytes(_expected.Output(row % Rows))));

    private FeatureSession Session(int threads)
    {
        if (!_sessions.TryGetValue(threads, out var session))
            _sessions[threads] = session = _open(threads);
        return session;
    }

    private static TensorBatch Filled(FeatureSession session, int rows)
    {
        var tensors = new TensorBatch(rows, session.Shapes);
        for (var row = 0; row < rows; row++)
        {
            var random = new Random(row % Rows);
            foreach (ref var value in tensors.Input(row))
                value = (2 * random.NextSingle()) - 1;
        }

        return tensors;
    }
}
