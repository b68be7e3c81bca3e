using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>Scores rows with the weights as they are.</summary>
internal sealed class Judge : IDisposable
{
    private readonly TuningContext _context;
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly IRowSource _source;
    private readonly Lazy<ScoringSession> _session;
    private readonly BatchLoader _loader;
    private readonly TrainingBatch[] _buffers;

    public Judge(TuningContext context, TuningPart part, IRowSource source, IReadOnlyList<Parameter> parameters)
    {
        (_context, _source, _parameters) = (context, source, parameters);
        _loader = new BatchLoader(context.Rows, source, part, null, null, context.Options, context.Threads);
        _buffers = [.. Enumerable.Range(0, 2).Select(_ => new TrainingBatch(part.Inputs, context.Model.Outputs, [], context.Options.BatchSize))];
        _session = new Lazy<ScoringSession>(() => new ScoringSession(context.Model, part, parameters, context.Session));
    }

    /// <summary>The logits and labels of rows. Numbers are put back on their own scale.</summary>
    /// <param name="rows">The rows, one or more.</param>
    public ValidationScores Score(int[] rows)
    {
        var outputs = _context.Model.Outputs;
        var (logits, targets) = (new List<float>(), new List<float>());
        var scores = new float[_context.Options.BatchSize * outputs];
        var averaged = _parameters.Where(parameter => parameter.Average is not null).ToDictionary(parameter => parameter, parameter => parameter.TensorOver(parameter.Average!));
        try
        {
            OrtValue[] weights = [.. _parameters.Select(parameter => averaged.GetValueOrDefault(parameter) ?? parameter.Tensor)];
            foreach (var batch in _loader.Batches(rows, 0, 0, 0, _buffers, _context.Cancellation))
            {
                _session.Value.Run(batch, weights, scores);
                logits.AddRange(scores.AsSpan(0, batch.Rows * outputs));
                targets.AddRange(batch.Targets.AsSpan(0, batch.Rows * outputs));
            }
        }
        finally
        {
            foreach (var tensor in averaged.Values)
                tensor.Dispose();
        }

        return new ValidationScores(_context.Model.Layout.Task, LabelScale.Undo(_context.Model, [.. logits]), LabelScale.Undo(_context.Model, [.. targets]), outputs);
    }

    public void Dispose()
    {
        if (_session.IsValueCreated)
            _session.Value.Dispose();
        _source.Dispose();
    }
}
