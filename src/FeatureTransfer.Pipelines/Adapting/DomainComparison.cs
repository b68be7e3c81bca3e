using FeatureTransfer.Pipelines.Adapting;
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
        if (definition.Task != PipelineTask.Multiclass)
            throw new FeatureTransferException($"{definition.Name}: domains are compared by accuracy over classes, and the task is {TaskFault.Name(definition.Task)}. Use a pipeline of the task multiclass.");
        if (options.Weights.Count > 0 && !definition.Estimators.OfType<WeightedTrainerStep>().Any())
            throw new FeatureTransferException($"{definition.Name}: weights were asked for, and its trainer takes none. End the chain with LbfgsMaximumEntropy, or leave the weights out.");
        return Task.Run(() => Compare(definition, target, options, _services with { Cancellation = cancellationToken }), cancellationToken);
    }

    private static DomainComparisonReport Compare(PipelineDefinition definition, DataSource target, DomainComparisonOptions options, FeatureTransferServices services)
    {
        var rejected = new RejectedRowCollector();
        var build = new StepBuild(new MLContext(definition.Seed), services with { Rejected = rejected }, definition.BaseFolder) { Task = definition.Task, Seed = definition.Seed };
        ChainModel.Check(definition, services);
        var tables = DomainTables.Read(definition, target, build);
        var labels = tables.TargetLabels(definition);
        var split = tables.Split(definition, options.TestFraction);
        var column = definition.Estimators.OfType<ExtractFeaturesStep>().LastOrDefault()?.Output ?? "Features";
        var (source, test) = (tables.Source.Select(split.Source), tables.Target.Select(split.Target.Test));
        var trial = new DomainTrial(definition, column, source, tables.Target.Select(split.Target.Train), test, build);
        var plain = trial.SourceOnly(labels is not null);
        var candidates = new List<(string Name, EvaluationResult? Result, double? Distance)> { (SourceOnly, plain, trial.Distance()) };
        if (labels is not null && definition.Evaluation.Baseline != Baseline.None)
            candidates.Add((BaselineRun.Name(definition), WithoutTransfer(definition, target, split.Source, split.Target.Test, build), null));
        var firstAdapted = candidates.Count;
        foreach (var method in options.Methods)
        {
            services.Progress?.Report(new WorkProgress($"Adapting by {method}", candidates.Count - firstAdapted, options.Methods.Count + options.Weights.Count));
            var (result, distance) = trial.Adapted(build.Context.Transforms.AdaptFeatures(new() { FeatureColumnName = column, OutputColumnName = column, Method = method, Seed = definition.Seed }, build.Services), labels is not null);
            candidates.Add((method.ToString(), result, distance));
        }

        foreach (var method in options.Weights)
            candidates.Add((method.ToString(), trial.Weighted(build.Context.Transforms.ImportanceWeights(new() { FeatureColumnName = column, OutputColumnName = DomainTrial.WeightColumn, Method = method, Seed = definition.Seed }, build.Services), labels is not null), null));
        var judged = Judged(candidates, firstAdapted, options.Significance);
        double? shift = labels is null ? null : ClassShift(LabelTexts.Of(definition, source), LabelTexts.Of(definition, test));
        var (keep, why) = DomainVerdict.Of(judged, [.. judged.Skip(firstAdapted)], options.Significance, shift);
        return new DomainComparisonReport
        {
            Candidates = judged,
            Keep = keep,
            Why = why,
            SourceRows = split.Source.Count,
            TargetRows = split.Target.Train.Count,
            TestRows = split.Target.Test.Count,
            ClassShift = shift,
            Rejected = rejected.Rows,
        };
    }

    private static EvaluationResult? WithoutTransfer(PipelineDefinition definition, DataSource target, IReadOnlyList<int> source, IReadOnlyList<int> test, StepBuild build)
    {
        var chain = BaselineRun.WithoutBackbone(definition, build.Services);
        var tables = DomainTables.Read(chain, target, build with { Services = build.Services with { Rejected = new RejectedRowCollector() } });
        return new DomainTrial(chain, "Features", tables.Source.Select(source), new Table(0), tables.Target.Select(test), build).SourceOnly(labelled: true);
    }

    private static List<DomainCandidate> Judged(List<(string Name, EvaluationResult? Result, double? Distance)> candidates, int firstAdapted, double significance)
    {
        if (Right(candidates[0].Result) is not { } plain)
            return candidates.ConvertAll(candidate => new DomainCandidate(candidate.Name, null, null, candidate.Distance));
        var pairs = candidates.ConvertAll(candidate => PairedRows.Of(plain, Right(candidate.Result)!));
        var values = PairedRows.Holm([.. pairs.Skip(firstAdapted).Select(pair => pair.PValue)]);
        return [.. candidates.Select((candidate, place) =>
        {
            var right = Right(candidate.Result)!;
            var share = right.Count(row => row) / (double)right.Count;
            var known = new DomainCandidate(candidate.Name, share, Interval.OfShare(share, right.Count), candidate.Distance);
            var value = place < firstAdapted ? pairs[place].PValue : values[place - firstAdapted];
            return place == 0 ? known : known with { Gain = pairs[place].Gain, GainInterval = pairs[place].Interval, PValue = value, IsNegativeTransfer = place >= firstAdapted && pairs[place].Gain < 0 && value < significance };
        })];
    }

    private static List<bool>? Right(EvaluationResult? result) => result?.Predictions.Select(row => row.Label == row.Predicted).ToList();

    private static double ClassShift(IReadOnlyList<string> source, IReadOnlyList<string> target)
    {
        var (first, second) = (Shares(source), Shares(target));
        return first.Keys.Union(second.Keys, StringComparer.Ordinal).Sum(label => Math.Abs(first.GetValueOrDefault(label) - second.GetValueOrDefault(label))) / 2;

        static Dictionary<string, double> Shares(IReadOnlyList<string> labels) => labels.CountBy(label => label, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Value / (double)labels.Count, StringComparer.Ordinal);
    }
}
