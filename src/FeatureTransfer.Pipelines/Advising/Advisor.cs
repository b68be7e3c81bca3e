using System.Diagnostics;
using FeatureTransfer.Backbones;
using FeatureTransfer.Backbones.Speech;
using FeatureTransfer.Pipelines.Advising;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>
/// Finds the backbone and the layers that suit data: candidates are probed on few rows, the better of them on more, and so on (successive halving: Jamieson
/// and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", 2016), so that bad ones cost little; a ridge classifier stands
/// for the pipeline's trainer until few are left. The rows that the pipeline
/// holds out for its test are left alone.
/// </summary>
public sealed class Advisor
{
    private const int RowsOfALabel = 8;
    private const int FewRows = 40;
    private readonly FeatureTransferServices _services;

    /// <summary>Creates an advisor.</summary>
    /// <param name="services">Where things come from and who takes logs, progress and rejected rows. Default <see cref="FeatureTransferServices.Default"/>.</param>
    public Advisor(FeatureTransferServices? services = null) => _services = services ?? FeatureTransferServices.Default;

    /// <summary>Compares backbones and layers for a pipeline.</summary>
    /// <param name="definition">The pipeline; its step <c>ExtractFeatures</c> is what is asked about, all else stays as it is.</param>
    /// <param name="options">What is compared. Default the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="FeatureTransferException">The data or the chain is wrong, or no backbone takes what the data hold.</exception>
    public Task<Advice> AdviseAsync(PipelineDefinition definition, AdviceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options ??= new AdviceOptions();
        options.Validate();
        return Task.Run(() => Advise(definition, options, _services with { Cancellation = cancellationToken, Rejected = _services.Rejected ?? new RejectedRowCollector() }), cancellationToken);
    }

    private static Advice Advise(PipelineDefinition definition, AdviceOptions options, FeatureTransferServices services)
    {
        var watch = Stopwatch.StartNew();
        var step = definition.Estimators.OfType<ExtractFeaturesStep>().FirstOrDefault()
            ?? throw new FeatureTransferException($"{definition.Name}: advice is about the backbone of a step ExtractFeatures, and the chain has none. Add one, with any backbone.");
        var build = new StepBuild(new MLContext(definition.Seed), services, definition.BaseFolder) { Task = definition.Task, Seed = definition.Seed };
        ChainModel.Check(definition, services);
        var rows = TrainingRows.Read(definition, services);
        var probe = new Probe(definition, build, rows, options.Folds);
        var race = new Race(definition, options, probe, rows, build);
        var judged = Judge(race, definition, options, step, FirstRows(options, rows), build);
        var last = judged.Max(candidate => candidate.Round);
        var (pick, why) = Choice.Of([.. Choice.Best(judged.Where(candidate => candidate.Round == last))]);
        var baseline = probe.Baseline(race.Rows);
        return new Advice
        {
            Candidates = [.. judged.GroupBy(candidate => candidate.Round).OrderByDescending(round => round.Key).SelectMany(Choice.Best)],
            Pick = pick,
            Why = why,
            Baseline = baseline is null ? null : new BaselineResult(BaselineRun.Name(definition), baseline, null),
            Gain = baseline is null ? null : Paired.Difference(pick.Probe, baseline),
            Pipeline = With(definition, step, pick.Backbone, pick.Layers),
            Rows = race.Rows,
            Elapsed = watch.Elapsed,
        };
    }

    private static IReadOnlyList<AdvisedLayers> Judge(Race race, PipelineDefinition definition, AdviceOptions options, ExtractFeaturesStep step, int firstRows, StepBuild build)
    {
        List<BackboneTrial> trials = [];
        try
        {
            trials.AddRange(Backbones(options, step, build).Select(backbone => new BackboneTrial(With(definition, step, backbone, step.Layers), step with { Backbone = backbone }, build)));
            return race.Run(trials, step, firstRows);
        }
        finally
        {
            trials.ForEach(trial => trial.Dispose());
        }
    }

    private static IReadOnlyList<string> Backbones(AdviceOptions options, ExtractFeaturesStep step, StepBuild build)
    {
        if (options.Backbones.Count > 0)
            return [.. options.Backbones.Distinct(StringComparer.Ordinal)];
        var own = build.Services.Catalog.Get(build.ResolveBackbone(step.Backbone));
        return
        [
            step.Backbone,
            .. build.Services.Catalog.Cards
                .Where(card => card.Modality == own.Modality && card.Id != own.Id && card.Id is not (RawPixels.Id or LogMel.Id) && build.Services.Backbones.IsLocal(card))
                .Select(card => card.Id),
        ];
    }

    private static int FirstRows(AdviceOptions options, TrainingRows rows) =>
        options.FirstRows ?? Math.Max(FewRows, RowsOfALabel * rows.Labels);

    private static PipelineDefinition With(PipelineDefinition definition, ExtractFeaturesStep step, string backbone, ValueList<string> layers) => definition with
    {
        Estimators = [.. definition.Estimators.Select(other => ReferenceEquals(other, step) ? step with { Backbone = backbone, Layers = layers } : other)],
    };
}
