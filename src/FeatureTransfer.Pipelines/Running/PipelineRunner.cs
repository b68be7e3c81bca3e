using System.Diagnostics;
using System.Reflection;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines;

/// <summary>Runs a pipeline from its data to a judged, saved bundle.</summary>
public sealed class PipelineRunner
{
    private readonly FeatureTransferServices _services;

    /// <summary>Creates a runner.</summary>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    public PipelineRunner(FeatureTransferServices? services = null) => _services = services ?? FeatureTransferServices.Default;

    /// <summary>
    /// Whether training goes on from the checkpoint that a broken run of the same pipeline left beside its outputs; without one it begins anew.
    /// Default false.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Reads the rows, runs the frozen steps once, splits, cross-validates on the training rows, trains on all of them, judges on the
    /// held-out ones, and writes the outputs.
    /// </summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="cancellationToken">Stops the run; what is finished by then is kept in the cache.</param>
    /// <exception cref="FeatureTransferException">The data or the chain is wrong, or too many rows were rejected.</exception>
    public Task<RunResult> RunAsync(PipelineDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Task.Run(() => Run(definition, cancellationToken), cancellationToken);
    }

    private RunResult Run(PipelineDefinition definition, CancellationToken cancellationToken)
    {
        var (started, watch) = (_services.Clock.GetUtcNow(), Stopwatch.StartNew());
        var rejected = new RejectedRowCollector();
        var services = _services with { Rejected = rejected, Cancellation = cancellationToken };
        var checkpoints = new RunCheckpoints(definition);
        var build = new StepBuild(new MLContext(definition.Seed), services, definition.BaseFolder) { Resume = Resume, Seed = definition.Seed };
        var stages = new StageClock();

        ChainModel.Check(definition);
        var rows = stages.Time("read", () => definition.Data.Read(new SourceContext(definition.BaseFolder, rejected, cancellationToken) { Sql = services.Sql }).Limited(definition.Data.Limit));
        ChainModel.CheckContent(definition, rows);
        var listed = rows.ToTable();
        CheckLabels(definition, listed);
        var source = rows.ToView(listed, rejected, cancellationToken);
        var frozen = ChainModel.Fit(ChainModel.Frozen(definition), source, build);
        using var extractors = new Extractors(frozen);
        var table = stages.Time("features", () => TableReader.Read(frozen.Transform(source), cancellationToken));
        if (table.Count == 0)
            throw new FeatureTransferException($"{definition.Name}: none of the {listed.Count} rows can be used. The first reason: {rejected.Rows.FirstOrDefault()?.Reason}");
        var images = new TrainingImages(definition, rows, cancellationToken);
        table = UsableImages.Of(definition, table, images, build);
        CheckLabels(definition, table);

        var split = Splitter.HoldOut(RowGroups.Strata(definition, table), RowGroups.Of(definition, table), definition.Split.TestFraction, definition.Seed);
        var train = table.Select(split.Train);
        CheckTrainable(definition, train, "the training rows");
        var crossValidation = stages.Time("cross-validation", () => CrossValidate(definition, build, checkpoints, train, images, cancellationToken));
        var trained = stages.Time("training", () => ChainModel.Fit(ChainModel.Trained(definition), images.Beside(train), build with { Checkpoint = checkpoints.Training }));
        var test = split.Test.Count == 0 ? null : stages.Time("test", () => Judge(definition, trained, table.Select(split.Test), images));
        var result = new RunResult
        {
            Name = definition.Name,
            Started = started,
            Description = definition.Description,
            Pipeline = PipelineWriter.ToJson(definition),
            Labels = ChainModel.Score(trained, images.Beside(train.Select([0]))).Labels,
            Rows = table.Count,
            TrainRows = split.Train.Count,
            TestRows = split.Test.Count,
            Rejected = rejected.Rows,
            CrossValidation = crossValidation,
            Test = test,
            Versions = Versions(),
            Backbone = extractors.Summary(services) ?? TunedBackbone.Summary(definition, build, trained),
            FineTuning = trained.OfType<FineTunedTransformer>().LastOrDefault()?.Summary,
        };

        var outputs = new RunOutputs(definition);
        result = stages.Time("bundle", () => outputs.SaveBundle(result, rows, frozen, listed.Schema, trained, train, images, services));
        result = result with { StageSeconds = stages.Seconds, Elapsed = watch.Elapsed };
        result = outputs.SaveRest(result with { Pictures = ReportPictures.Of(result, rows, cancellationToken) });
        Free(trained);
        checkpoints.Delete();
        CheckRejected(definition, result);
        return result;
    }

    private CrossValidationResult? CrossValidate(PipelineDefinition definition, StepBuild build, RunCheckpoints checkpoints, Table train, TrainingImages images, CancellationToken cancellationToken)
    {
        if (definition.Split.Folds < 2)
            return null;
        var strata = RowGroups.Strata(definition, train);
        var groups = RowGroups.Of(definition, train);
        var results = new List<FoldResult>();
        for (var repeat = 0; repeat < definition.Split.Repeats; repeat++)
        {
            // Other folds each time; the held-out test used the seed itself.
            var folds = Splitter.Folds(strata, groups, definition.Split.Folds, definition.Seed + 1 + repeat);
            for (var fold = 0; fold < folds.Count; fold++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rows = folds[fold];
                var learned = train.Select(rows.Train);
                CheckTrainable(definition, learned, $"the training rows of fold {fold}");
                var model = ChainModel.Fit(ChainModel.Trained(definition), images.Beside(learned), build with { Checkpoint = checkpoints.Fold(repeat, fold) });
                var judged = Judge(definition, model, train.Select(rows.Test), images);
                Free(model);
                results.Add(new FoldResult(repeat, fold, rows.Train.Count, rows.Test.Count, judged.MicroAccuracy, judged.MacroAccuracy, judged.LogLoss));
                _services.Progress?.Report(new WorkProgress("Cross-validating", results.Count, (long)folds.Count * definition.Split.Repeats));
            }
        }

        return ClassificationMetrics.Summarize(results);
    }

    // Tuned networks hold sessions.
    private static void Free(TransformerChain<ITransformer> model)
    {
        foreach (var part in model)
            (part as IDisposable)?.Dispose();
    }

    private static EvaluationResult Judge(PipelineDefinition definition, ITransformer model, Table rows, TrainingImages images) =>
        ChainModel.Score(model, images.Beside(rows)).Judge(rows.Text(DataSource.PathColumn) ?? [.. Enumerable.Range(0, rows.Count).Select(row => $"row {row}")], rows.Text(definition.Evaluation.LabelColumn)!);

    private static void CheckLabels(PipelineDefinition definition, Table table)
    {
        var labels = table.Text(definition.Evaluation.LabelColumn)
            ?? throw new FeatureTransferException($"{definition.Name}: the data has no text column '{definition.Evaluation.LabelColumn}'. Its columns are {string.Join(", ", table.Schema.Select(column => column.Name))}; set evaluation.labelColumn.");
        var distinct = labels.Distinct(StringComparer.Ordinal).Take(2).ToList();
        if (distinct.Count < 2)
            throw new FeatureTransferException($"{definition.Name}: all {labels.Count} rows have one label, '{distinct.FirstOrDefault()}'. A classifier needs at least two; check the data and its filters.");
    }

    // A split by large groups can leave a part with one label, though the data have several.
    private static void CheckTrainable(PipelineDefinition definition, Table train, string part)
    {
        var labels = train.Text(definition.Evaluation.LabelColumn)!;
        if (labels.Distinct(StringComparer.Ordinal).Take(2).Count() < 2)
            throw new FeatureTransferException($"{definition.Name}: {part} have one label, '{labels.FirstOrDefault()}', because of how groups fell. Give more data or smaller groups, lower split.testFraction, or set split.folds to 0.");
    }

    private static void CheckRejected(PipelineDefinition definition, RunResult result)
    {
        // Rows that the source itself rejected are in no table, so they are counted here.
        var rows = result.Rows + result.Rejected.Count;
        var share = result.Rejected.Count / (double)Math.Max(1, rows);
        if (share > definition.Evaluation.MaxRejectedShare)
        {
            throw new TooManyRejectedException(
                $"{definition.Name}: {result.Rejected.Count} of {rows} rows were rejected, more than the share evaluation.maxRejectedShare = {definition.Evaluation.MaxRejectedShare.ToString(System.Globalization.CultureInfo.InvariantCulture)} allows. "
                + $"What the others gave is saved in {new RunOutputs(definition).Folder}; the reasons are in {definition.Outputs.Rejected ?? "the result"}.",
                result);
        }
    }

    private static Dictionary<string, string> Versions() => new(StringComparer.Ordinal)
    {
        ["FeatureTransfer"] = typeof(PipelineRunner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        [".NET"] = Environment.Version.ToString(),
        ["ONNX Runtime"] = OnnxRuntimeLibrary.Version,
    };
}
