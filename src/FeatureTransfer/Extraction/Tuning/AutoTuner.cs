using System.Diagnostics;
using FeatureTransfer.Extraction.Sessions;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction.Tuning;

/// <summary>
/// Chooses the settings that were not given: those that are sound everywhere, or what a timing of this model on this machine found.
/// A candidate whose features differ in a bit from those of one row on one core is out.
/// </summary>
internal sealed class AutoTuner
{
    // Threads within a run wait for one another where decoders want the cores too; that is not in the timing.
    private const double ThreadsMargin = 1.1;
    private const double BatchMargin = 1.05;

    // A few rows a run are faster in a flow than here where bottlenecks run in lanes, by 3 to 8 %; with ONNX Runtime's operators they are slower.
    private const double LanesMargin = 0.95;
    private const long MaxBytes = 1L << 28;
    private static readonly int[] _batchSizes = [4, 8, 32];

    private readonly ExtractFeaturesOptions _options;
    private readonly string _model;
    private readonly ILogger _logger;
    private readonly int _cores;
    private readonly TuningStore _store;
    private readonly TuningRule _rule;
    private readonly Lock _lock = new();
    private volatile ExtractionSettings _settings;
    private volatile bool _known;

    public AutoTuner(ExtractFeaturesOptions options, string model, ILogger logger, int cores, TuningStore store, TuningRule rule)
    {
        (_options, _model, _logger, _cores, _store, _rule) = (options, model, logger, cores, store, rule);
        _settings = ExtractionSettings.Default(options, cores);
        _known = options is { BatchSize: not null } and ({ IntraOpThreads: not null } or { Sessions: not null });
        if (!_known && store.Find(model, Question) is { } record)
            (_settings, _known) = (With(record.Best), true);
    }

    /// <summary>The settings of the moment.</summary>
    public ExtractionSettings Settings => _settings;

    // What was given is not chosen, so it belongs to the question.
    private string Question => $"batch {_options.BatchSize}, threads {_options.IntraOpThreads}, sessions {_options.Sessions}";

    /// <summary>After how many computed rows the model should be timed; never where nothing is open.</summary>
    public long RowsBefore(long? total) => _known ? long.MaxValue : _rule.RowsBefore(total);

    /// <summary>Leaves the settings as they are: for a device, or a model, where nothing is to be chosen.</summary>
    public void Fix(ExtractionSettings settings) => (_settings, _known) = (settings, true);

    /// <summary>Times the model, unless somebody else has by now, and takes what is fastest.</summary>
    /// <param name="open">Opens the model with a number of threads.</param>
    /// <param name="rowLength">The floats of a row's tensor.</param>
    /// <param name="cancellationToken">Stops the timing.</param>
    public void Tune(Func<int, FeatureSession> open, int rowLength, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_known)
                return;
            var clock = Stopwatch.StartNew();
            var timed = new List<TunedSetting>();
            using (var probe = new SpeedProbe(open, cancellationToken))
                Climb(probe, clock, rowLength, timed);
            var best = timed[^1];
            _store.TryKeep(Question, new TuningRecord { Machine = Machine.Name, Model = _model, Best = best, Timed = timed });
            (_settings, _known) = (With(best), true);
            _logger.LogInformation(
                "Timed the backbone in {Milliseconds} ms: {BatchSize} rows a run, {Threads} threads a run, {Sessions} runs at once ({RowsPerSecond:F0} rows/s).",
                clock.ElapsedMilliseconds, best.BatchSize, best.IntraOpThreads, best.Sessions, best.RowsPerSecond);
        }
    }

    // First the threads, then the batch, up to where it gets slower; the best comes last.
    private void Climb(SpeedProbe probe, Stopwatch clock, int rowLength, List<TunedSetting> timed)
    {
        var best = Time(probe, _settings) ?? new TunedSetting(_settings.BatchSize, _settings.IntraOpThreads, _settings.Sessions, 0);
        var all = new List<TunedSetting> { best };
        foreach (var setting in Threads().TakeWhile(_ => clock.Elapsed < _rule.Budget))
            best = Better(Time(probe, setting), best, ThreadsMargin, all);
        foreach (var size in _options.BatchSize is null && probe.TakesBatches ? _batchSizes : [])
        {
            var setting = With(best) with { BatchSize = size };
            var seconds = 3 * size * setting.Sessions / Math.Max(best.RowsPerSecond, 1e-3);
            if (clock.Elapsed.TotalSeconds + seconds > _rule.Budget.TotalSeconds || (long)size * setting.Sessions * rowLength * sizeof(float) > MaxBytes)
                break;
            var before = best;
            best = Better(Time(probe, setting), best, probe.RunsInLanes && best.BatchSize == 1 ? LanesMargin : BatchMargin, all);
            if (best == before)
                break;
        }

        timed.AddRange(all.Where(setting => setting != best));
        timed.Add(best);
    }

    private static TunedSetting Better(TunedSetting? candidate, TunedSetting best, double margin, List<TunedSetting> all)
    {
        if (candidate is null)
            return best;
        all.Add(candidate);
        return candidate.RowsPerSecond > best.RowsPerSecond * margin ? candidate : best;
    }

    private static TunedSetting? Time(SpeedProbe probe, ExtractionSettings setting) =>
        probe.Measure(setting) is { } speed ? new TunedSetting(setting.BatchSize, setting.IntraOpThreads, setting.Sessions, speed) : null;

    private IEnumerable<ExtractionSettings> Threads()
    {
        if (_options.IntraOpThreads is not null || _options.Sessions is not null)
            yield break;
        for (var threads = 2; threads <= _cores; threads *= 2)
            yield return _settings with { IntraOpThreads = threads, Sessions = Math.Max(1, _cores / threads) };
    }

    private ExtractionSettings With(TunedSetting setting) =>
        new(setting.BatchSize, _settings.DecodeThreads, setting.IntraOpThreads, setting.Sessions);
}
