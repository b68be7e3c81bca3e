using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The part of a run that looks at the target.</summary>
internal static class TargetRun
{
    /// <summary>Compares adaptations, trained on the training rows, and finds the temperature and the limits of what is kept.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="target">The target.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="plain">The temperature and the limits of the plain model.</param>
    /// <param name="build">What building steps needs.</param>
    public static ComparedDomains Run(PipelineDefinition definition, TargetOptions target, Table train, KeptLimits plain, StepBuild build)
    {
        // Its rejected rows are not the source's.
        var own = build with { Services = build.Services with { Rejected = new RejectedRowCollector() } };
        var compared = DomainComparison.Compare(definition, target.Data, DomainTables.Beside(train, definition, target.Data, own), target, own);
        return new KeptLimitFinder(definition, compared, target, own).Find(plain, build.Services.Cancellation) is not { } limits ? compared : compared with
        {
            Limits = limits,
            Report = compared.Report with { Calibration = limits.Calibration, Limits = limits.Judged?.Limits, LimitRows = limits is { Temperature: null, Limits: null } ? null : limits.Rows },
        };
    }

    /// <summary>What the model file holds, and says of itself: the adaptation that won, as it was judged, or the plain model.</summary>
    /// <param name="compared">The comparison, if there was one.</param>
    /// <param name="plain">The plain model.</param>
    /// <param name="definition">The pipeline.</param>
    /// <param name="rows">The source's rows.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static KeptModel Kept(ComparedDomains? compared, KeptModel plain, PipelineDefinition definition, SourceRows rows, IReadOnlyList<ulong?> keys, CancellationToken cancellation)
    {
        if (compared?.Winner is not { } winner)
            return plain with { Keys = KeysOf(plain.Rows) };
        var (source, target) = (winner.LearnedSource ? compared.Source : new Table(0), winner.LearnedTarget);
        var learned = target.Count == 0 ? [] : RowKeys.Of(compared.TargetRows, [.. (compared.TargetRows.Positions(target) ?? []).Order()], cancellation);
        var sample = DriftSample.Draw(definition, compared.Target);
        return new KeptModel(
            plain.Result with
            {
                Labels = winner.Labels,
                Test = compared.Limits?.Judged ?? winner.Result,
                CrossValidation = null,
                Limits = compared.Limits?.Limits,
                Calibration = compared.Limits?.Calibration,
                TrainRows = source.Count + target.Count,
            },
            winner.Frozen ?? plain.Frozen,
            compared.Limits?.Scaling is { } scaling ? winner.Model!.Append(scaling) : winner.Model!,
            winner.Frozen is { } frozen ? Behind(frozen, rows, Few(compared.Source), cancellation) : compared.Source,
            [.. source.Count == 0 ? [] : KeysOf(source), .. learned],
            winner.Frozen is { } own ? Behind(own, compared.TargetRows, sample, cancellation) : sample);

        IEnumerable<ulong?> KeysOf(Table table) => rows.Positions(table)?.Select(row => keys[row]) ?? [];
    }

    // A few are enough to check a file with.
    private static Table Few(Table rows) => rows.Select([.. Enumerable.Range(0, Math.Min(BundleCheck.Rows, rows.Count))]);

    private static Table Behind(TransformerChain<ITransformer> frozen, SourceRows rows, Table chosen, CancellationToken cancellation)
    {
        int[] places = [.. (rows.Positions(chosen) ?? []).Order()];
        var view = rows.Select(places).ToView(SourceRows.Numbered(rows.ToTable()).Select(places), new RejectedRowCollector(), cancellation);
        return TableReader.Read(frozen.Transform(view), cancellation);
    }
}
