using FeatureTransfer.Inputs.Images;
namespace FeatureTransfer.FineTuning;

/// <summary>The sessions and rows of one phase, in which the same weights learn.</summary>
internal sealed class PhaseRun : IDisposable
{
    private readonly TuningContext _context;
    private readonly TrainingSession _training;
    private readonly IRowSource _source;
    private readonly TrunkSession? _trunk;
    private readonly BatchLoader _loader;
    private readonly TrainingBatch[] _buffers;
    private readonly Judge _judge;
    private readonly bool _ownsSource;
    private readonly int[] _target;

    public PhaseRun(TuningContext context, TuningStage stage, TuningPhase phase, ParameterSet parameters)
    {
        var aligned = stage.Index > 0 && context.Options.Alignment.IsOn;
        var own = parameters.Of(phase);
        (_context, Phase, Statistics) = (context, phase, parameters.StatisticsOf(phase));
        Parameters = aligned ? [.. own, .. parameters.DomainClassifier] : own;
        _target = aligned ? context.Target : [];
        var cut = TuningPart.Of(context.Model, phase.Weights);
        var changed = stage.Index > 0 && context.Options.IsAugmented;
        var mixed = stage.Index > 0 && context.Options.Mix is { IsOn: true, Place: MixPlace.Images };
        var viewed = changed && !mixed && context.Options.AugmentationViews > 0 && !cut.FromImages;
        var fromImages = mixed || (changed && !viewed);
        var part = fromImages ? TuningPart.Whole(context.Model) : cut;

        // Two sessions that work at the same time share the cores: a thread that waits in a loop would take one from the other.
        var session = fromImages ? context.Session with { AllowSpinning = false } : context.Session;
        _trunk = fromImages && !cut.FromImages ? new TrunkSession(context.Model, cut, part, context.Options.BatchSize, session) : null;
        var still = Still(cut, fromImages || viewed ? context.Validation : [.. context.Train, .. _target, .. context.Validation]);
        _source = fromImages ? new PreparedRows(context.Rows, context.Preparation, context.Options)
            : viewed ? ViewedRows.Compute(context, cut)
            : still;
        _ownsSource = fromImages || viewed;
        _training = new TrainingSession(context.Model, cut, Parameters, Statistics, context.Options, context.ClassWeights, aligned, session);
        var mixer = stage.Index > 0 && context.Options.Mix.IsOn
            ? new BatchMixer(context.Options.Mix, part.Inputs, part.FromImages && context.Preparation is ImagePreparation { Preprocessing.Layout: TensorLayout.Nhwc })
            : null;
        _loader = new BatchLoader(context.Rows, _source, part, mixer, _trunk, context.Options, context.Threads);
        _buffers = Buffers(cut, _training.MaskWidths);
        _judge = new Judge(context, cut, still, [.. own, .. Statistics]);
    }

    /// <summary>The phase.</summary>
    public TuningPhase Phase { get; }

    /// <summary>What learns.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The stored statistics of batch normalizations that move with them.</summary>
    public IReadOnlyList<Parameter> Statistics { get; }

    /// <summary>Whether the rows that teach are read as they are, so that they can be judged too.</summary>
    public bool CanJudgeTraining => !_ownsSource;

    /// <summary>The numbers that learn.</summary>
    public long Weights => Parameters.Sum(parameter => (long)parameter.Values.Length);

    /// <summary>The rows of an epoch: with a target domain, as many of that.</summary>
    public int RowsPerEpoch => _target.Length > 0 ? 2 * _context.Train.Length : _context.Train.Length;

    /// <summary>The batches of an epoch, from one on.</summary>
    public IEnumerable<TrainingBatch> Batches(int stage, int epoch, int first)
    {
        var order = (int[])_context.Train.Clone();
        var random = Randomness.At(_context.Options.Seed, RandomPurpose.Shuffle, stage, epoch);
        random.Shuffle(order);
        if (_target.Length > 0)
            order = DomainAlignment.Interleave(order, _target, _context.Options.BatchSize / 2, random);
        return _loader.Batches(order, stage, epoch, first, _buffers, _context.Cancellation);
    }

    /// <summary>Computes the gradients of a batch; returns its mean loss.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="progress">How much of the stage is done, 0 to 1, with which the alignment of domains grows.</param>
    public double Backward(TrainingBatch batch, double progress = 1) => _training.Run(batch, progress);

    /// <summary>Moves the stored statistics towards those of the last batch.</summary>
    public void UpdateStatistics() => _training.UpdateStatistics();

    /// <summary>Judges the weights, averages where there are some; null without validation rows.</summary>
    public ValidationScores? Validate() => _context.Validation.Length > 0 ? _judge.Score(_context.Validation) : null;

    /// <summary>Judges the weights on the rows that taught.</summary>
    public ValidationScores JudgeTraining() => _judge.Score(_context.Train);

    public void Dispose()
    {
        _training.Dispose();
        _judge.Dispose();
        _trunk?.Dispose();
        if (_ownsSource)
            _source.Dispose();
    }

    private IRowSource Still(TuningPart cut, IReadOnlyList<int> rows)
    {
        if (cut.FromImages)
            return new PreparedRows(_context.Rows, _context.Preparation, null);
        if (_context.Frozen?.At(cut) is { } kept)
            return new SharedRows(kept);
        return new StoredRows(new FrozenPass(_context.Options, _context.Preparation, _context.Services).Run(cut.Trunk(_context.Model), _context.Rows, rows, out _));
    }

    private TrainingBatch[] Buffers(TuningPart part, IReadOnlyList<int> masks) =>
        [.. Enumerable.Range(0, 2).Select(_ => new TrainingBatch(part.Inputs, _context.Model.Outputs, masks, _context.Options.BatchSize))];

    /// <summary>What was computed for the whole training, and outlives the phase.</summary>
    private sealed class SharedRows(ActivationStore store) : IRowSource
    {
        public void Read(int row, int epoch, Span<float> values) => store.Read(row, values);

        public void Dispose()
        {
            // The store is another's.
        }
    }
}
