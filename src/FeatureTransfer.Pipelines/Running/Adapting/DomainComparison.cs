using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>
/// Says whether adaptation helps: trains a pipeline's chain on labelled rows of a source, as they are and adapted to a target, and judges all on the same rows of
/// the target. An adaptation is kept only where it beats training on the source alone beyond chance.
/// </summary>
public sealed class DomainComparison
{
    /// <summary>What training on the source as it is is called.</summary>
    public const string SourceOnly = "source-only";

    private readonly FeatureTransferServices _services;

    /// <summary>Creates a comparison.</summary>
    /// <param name="services">Where things come from and who takes logs and progress. Default <see cref="FeatureTransferServices.Default"/>.</param>
    public DomainComparison(FeatureTransferServices? services = null) => _services = services ?? FeatureTransferServices.Default;

    /// <summary>Compares.</summary>
    /// <param name="definition">The pipeline, of the task multiclass; its data are the source. Its baseline, where it has one, is what no transfer gives.</param>
    /// <param name="target">The target: the same classes, or no labels, with which nothing judges.</param>
    /// <param name="options">What is tried. Default the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="FeatureTransferException">The data or the chain is wrong, or weights are asked of a trainer that takes none.</exception>
    public Task<DomainComparisonReport> CompareAsync(PipelineDefinition definition, DataSource target, DomainComparisonOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new DomainComparisonOptions();
        options.Validate();
        if (TargetFaults.OfForm(definition, options).Select(fault => fault.Message).FirstOrDefault() is { } fault)
            throw new FeatureTransferException($"{definition.Name}: {fault}.");
        return Task.Run(() => Compare(definition, target, options, _services with { Cancellation = cancellationToken }), cancellationToken);
    }

    /// <summary>Compares on rows that were read.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="target">Where the target's rows are from.</param>
    /// <param name="tables">The rows of both.</param>
    /// <param name="options">What is tried.</param>
    /// <param name="build">What building steps needs; its sink of rejected rows has the target's.</param>
    internal static ComparedDomains Compare(PipelineDefinition definition, DataSource target, DomainTables tables, DomainComparisonOptions options, StepBuild build)
    {
        var labels = tables.TargetLabels(definition);
        if (labels is null && TargetFaults.MissingFeatures(definition) is not null)
            throw new FeatureTransferException($"{definition.Name}: the target has no labels to judge by, and the chain no features to measure by without them. Label some rows of the target, or put ExtractFeatures and a trainer in the place of the step that learns from images.");
        var split = tables.Split(definition, options.TestFraction);
        var (source, test) = (tables.Source.Select(split.Source), tables.Target.Select(split.Target.Test));
        var trials = new DomainTrials(definition, tables, options, labels is not null, build);
        var trial = trials.On(split);
        foreach (var model in options.Models.Where(model => model != TargetModel.AdaBN && !NetworkAlignment.Is(model)))
            trial.LabelledTarget(model);
        var outcomes = new List<DomainOutcome> { trial.SourceOnly() with { Distance = trial.Distance() } };
        if (labels is not null && definition.Evaluation.Baseline != Baseline.None)
            outcomes.Add(WithoutTransfer(definition, target, source, test, build) with { Name = BaselineRun.Name(definition) });
        var firstAdapted = outcomes.Count;
        foreach (var (_, train) in trials.Ways)
        {
            outcomes.Add(train(trial, split));
            build.Services.Progress?.Report(new WorkProgress("Comparing adaptations", outcomes.Count - firstAdapted, options.Count));
        }

        var judged = Judged(outcomes, firstAdapted, options.Significance);
        double? shift = labels is null ? null : ClassShift(LabelTexts.Of(definition, source), LabelTexts.Of(definition, test));
        var (keep, why) = DomainVerdict.Of(judged, [.. judged.Skip(firstAdapted)], options.Significance, shift);
        return new ComparedDomains(outcomes, tables, split, new DomainComparisonReport
        {
            Candidates = judged,
            Keep = keep,
            Why = why,
            SourceRows = split.Source.Count,
            TargetRows = split.Target.Train.Count,
            TestRows = split.Target.Test.Count,
            ClassShift = shift,
            Rejected = (build.Services.Rejected as RejectedRowCollector)?.Rows ?? [],
        });
    }

    private static DomainComparisonReport Compare(PipelineDefinition definition, DataSource target, DomainComparisonOptions options, FeatureTransferServices services)
    {
        var build = new StepBuild(new MLContext(definition.Seed), services with { Rejected = new RejectedRowCollector() }, definition.BaseFolder) { Task = definition.Task, Seed = definition.Seed };
        ChainModel.Check(definition with { Target = null }, services);
        using var compared = Compare(definition, target, DomainTables.Read(definition, target, build), options, build);
        return compared.Report;
    }

    private static DomainOutcome WithoutTransfer(PipelineDefinition definition, DataSource target, Table source, Table test, StepBuild build)
    {
        var chain = BaselineRun.WithoutBackbone(definition, build.Services);
        var tables = DomainTables.Read(chain, target, build with { Services = build.Services with { Rejected = new RejectedRowCollector() } });
        return new DomainTrial(chain, "Features", DomainTables.Same(chain, tables.Source, source), new Table(0), DomainTables.Same(chain, tables.Target, test), labelled: true, build).SourceOnly();
    }

    private static List<DomainCandidate> Judged(List<DomainOutcome> outcomes, int firstAdapted, double significance)
    {
        if (outcomes[0].Right is not { } plain)
            return outcomes.ConvertAll(outcome => new DomainCandidate(outcome.Name, null, null, outcome.Distance) { LabelFree = outcome.LabelFree });
        var pairs = outcomes.ConvertAll(outcome => PairedRows.Of(plain, outcome.Right!));
        var values = PairedRows.Holm([.. pairs.Skip(firstAdapted).Select(pair => pair.PValue)]);
        return [.. outcomes.Select((outcome, place) =>
        {
            var share = outcome.Right!.Count(row => row) / (double)plain.Count;
            var known = new DomainCandidate(outcome.Name, share, Interval.OfShare(share, plain.Count), outcome.Distance);
            var value = place < firstAdapted ? pairs[place].PValue : values[place - firstAdapted];
            return place == 0 ? known : known with { Gain = pairs[place].Gain, GainInterval = pairs[place].Interval, PValue = value, IsNegativeTransfer = place >= firstAdapted && outcome.LearnedSource && pairs[place].Gain < 0 && value < significance };
        })];
    }

    private static double ClassShift(IReadOnlyList<string> source, IReadOnlyList<string> target)
    {
        var (first, second) = (Shares(source), Shares(target));
        return first.Keys.Union(second.Keys, StringComparer.Ordinal).Sum(label => Math.Abs(first.GetValueOrDefault(label) - second.GetValueOrDefault(label))) / 2;

        static Dictionary<string, double> Shares(IReadOnlyList<string> labels) => labels.CountBy(label => label, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Value / (double)labels.Count, StringComparer.Ordinal);
    }
}
