using System.Diagnostics;
using System.Reflection;
using FeatureTransfer.Cascades;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;

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

    /// <summary>The numbers of the source's rows that are held out; null, the default, lets the split choose.</summary>
    internal IReadOnlySet<int>? HeldOut { get; init; }

    /// <summary>
    /// Reads the rows, runs the frozen steps once, splits, cross-validates on the training rows, trains on all of them, judges on the
    /// held-out ones, and writes the outputs. Where the pipeline has a search, it first finds on the training rows what is then run; where it has a target, adaptations
    /// to that are compared, and one that wins beyond chance is in the model that is written.
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
        var (started, watch, stages) = (_services.Clock.GetUtcNow(), Stopwatch.StartNew(), new StageClock());
        var found = Search(definition, stages, cancellationToken);
        definition = found?.Winner ?? definition;
        var heldOut = found?.HeldOut ?? HeldOut;
        var rejected = new RejectedRowCollector();
        var notes = new List<string>();
        var services = _services with { Rejected = rejected, Cancellation = cancellationToken };
        var checkpoints = new RunCheckpoints(definition);
        var build = new StepBuild(new MLContext(definition.Seed), services, definition.BaseFolder) { Resume = Resume, Task = definition.Task, Seed = definition.Seed };
        var rules = TaskRules.Of(definition);

        ChainModel.Check(definition, services);
        var outputs = new RunOutputs(definition);
        outputs.Check();
        var rows = stages.Time("read", () => LabelledRows.Read(definition, rules, new SourceContext(definition.BaseFolder, rejected, cancellationToken) { Sql = services.Sql, Note = notes.Add }, unlabelled: true));
        ChainModel.CheckContent(definition, rows);
        var listed = rows.ToTable();
        rules.Learn(definition.Name, LabelledSplit.Labels(definition, listed));
        var source = rows.ToView(SourceRows.Numbered(listed), rejected, cancellationToken);
        var frozen = stages.Time("backbone", () => ChainModel.Fit(ChainModel.Frozen(definition), source, build));
        using var extractors = new Extractors(frozen);
        var table = stages.Time("features", () => TableReader.Read(frozen.Transform(source), cancellationToken));
        if (table.Count == 0)
            throw new FeatureTransferException($"{definition.Name}: none of the {listed.Count} rows can be used. The first reason: {rejected.Rows.FirstOrDefault()?.Reason}");
        var images = new TrainingImages(definition, rows, cancellationToken);
        table = FiniteRows.Of(definition, UsableImages.Of(definition, table, images, build), rejected);
        var keys = stages.Time("compare", () => RowKeys.Of(rows, [.. Enumerable.Range(0, rows.Rows.Count)], cancellationToken));
        table = RowCopies.Mark(definition, table, rows, keys);
        rules = rules.Learn(definition.Name, LabelledSplit.Labels(definition, table));

        var (labels, groups) = (LabelTexts.Of(definition, table), RowGroups.Of(definition, table));
        var split = heldOut is null ? LabelledSplit.HoldOut(definition, table) : Split(definition, table, rows, heldOut);
        var train = table.Select(split.Train);
        var labelled = LabelledSplit.Labelled(definition, table);
        rules.CheckTrainable(definition.Name, LabelledSplit.Labels(definition, train), LabelledSplit.Labels(definition, table), groups is not null, "the training rows");
        var classRows = rules.Count(LabelledSplit.Labels(definition, train), LabelTexts.Of(definition, table.Select(split.Test)));
        notes.AddRange(RowCopies.Notes(table, ChainModel.Inputs(table, rows.TextNames), labels, labelled));
        notes.AddRange(SplitNotes.Of(definition.Split.TestFraction, split with { Train = [.. split.Train.Intersect(labelled)] }, groups is not null, classRows));
        notes.AddRange(SplitNotes.Unlabelled(table.Count - labelled.Count, definition));
        var crossValidation = new CrossValidation(definition, build, checkpoints, images);
        rules = stages.Time("cross-validation", () => crossValidation.Run(rules, train, cancellationToken));
        rules = rules.Within(LimitFinder.Find(definition, crossValidation.OutOfFold, LabelTexts.Of(definition, train)));
        notes.AddRange(LimitFinder.Notes(rules.Limits));
        var typed = images.Beside(rules.Typed(train, definition.Evaluation.LabelColumn));
        var trained = stages.Time("training", () => ChainModel.Fit(ChainModel.Trained(definition), typed, build with { Checkpoint = checkpoints.Training }));
        var temperature = crossValidation.Temperature;
        var model = temperature is null ? trained : trained.Append(temperature.ToTransformer(trained.GetOutputSchema(typed.Schema)));
        using var parts = new ModelParts(model);
        var first = ChainModel.Score(trained, images.Beside(train.Select([0])));
        rules = rules.Complete(first);
        var judged = split.Test.Count == 0 ? null : stages.Time("test", () => ChainModel.Score(trained, images.Beside(table.Select(split.Test)), definition.Outputs.Report is null ? 0 : FeatureMap.Every(split.Test.Count), definition.Evaluation.Unknown?.Column));
        var test = judged is null ? null : Judge(definition, rules, judged.At(temperature), table.Select(split.Test), rows.TextNames);
        var fewShot = definition.Evaluation.FewShot is null ? [] : stages.Time("few labels", () => FewShotRun.Run(definition, train, table.Select(split.Test), build));
        notes.AddRange(FewShotRun.Notes(definition, fewShot, classRows));
        var probes = definition.Evaluation.Probe.Count == 0 ? [] : stages.Time("probe", () => new ProbeRun(definition, rules, train, table.Select(split.Test), build).Run());
        using var compared = definition.Target is { } target ? stages.Time("target", () => TargetRun.Run(definition, target, train.Select(LabelledSplit.Labelled(definition, train)), new KeptLimits(temperature, rules.Limits), build)) : null;
        notes.AddRange(compared?.Limits?.Notes ?? []);
        var result = new RunResult
        {
            Name = definition.Name,
            Started = started,
            Description = definition.Description,
            Pipeline = PipelineWriter.ToJson(definition),
            Task = rules.Task,
            Threshold = rules.Threshold,
            Limits = rules.Limits,
            Labels = rules.Labels,
            Rows = table.Count,
            TrainRows = split.Train.Count,
            TestRows = split.Test.Count,
            ClassRows = classRows,
            NumberColumns = rows.NumberNames,
            TextColumns = rows.TextNames,
            HasPaths = table.Text(DataSource.PathColumn) is not null,
            Notes = notes,
            Seed = definition.Seed,
            Rejected = rejected.Rows,
            Search = found?.Result,
            Target = compared?.Report,
            CrossValidation = crossValidation.Result,
            FewShot = fewShot,
            Probes = probes,
            Calibration = TemperatureFinder.Report(temperature, rules, judged, LabelTexts.Of(definition, table.Select(split.Test))),
            Test = test,
            Map = judged is null ? null : FeatureMap.Of(judged.Sample),
            PricePerHour = definition.Evaluation.PricePerHour,
            Versions = Versions(),
            Backbone = extractors.Summary(services) ?? TunedBackbone.Summary(definition, build, trained) ?? Extractors.SummaryWithin(trained, services),
            Gate = trained.OfType<GateTransformer>().LastOrDefault()?.Report,
            FineTuning = trained.OfType<FineTunedTransformer>().LastOrDefault()?.Summary,
        };

        // A bundle is mostly copied and hashed on one core, so the baseline learns beside it.
        var kept = TargetRun.Kept(compared, new KeptModel(result, frozen, model, train, [], images.Beside(DriftSample.Draw(definition, train))), definition, rows, keys, cancellationToken);
        var (bundled, baseline) = stages.TimeTogether(
            ("bundle", () => outputs.SaveBundle(kept, rows, listed.Schema, images, services)),
            ("baseline", () => BaselineRun.Run(definition, services, heldOut)));
        result = result with { BundlePath = bundled.BundlePath, Baseline = baseline };
        result = result with { StageSeconds = stages.Seconds, Elapsed = watch.Elapsed };
        result = outputs.SaveRest(result with { Pictures = ReportPictures.Of(result, rows, cancellationToken) });
        checkpoints.Delete();
        CheckRejected(definition, result);
        return result;
    }

    private FoundPipeline? Search(PipelineDefinition definition, StageClock stages, CancellationToken cancellationToken)
    {
        if (definition.Search is null)
            return null;
        var services = _services with { Cancellation = cancellationToken };
        ChainModel.Check(definition, services);
        new RunOutputs(definition).Check();
        return stages.Time("search", () => new PipelineSearch(definition, services).Run());
    }

    // A search has split all rows, and some of them may have fallen out since.
    private static SplitRows Split(PipelineDefinition definition, Table table, SourceRows rows, IReadOnlySet<int> heldOut)
    {
        var places = rows.Positions(table) ?? throw new FeatureTransferException($"{definition.Name}: which rows are held out cannot be told any more, for some were rejected and SelectColumns left their numbers out. Use DropColumns.");
        return LabelledSplit.Beside(definition, table, [.. Enumerable.Range(0, table.Count).Where(row => heldOut.Contains(places[row]))]);
    }

    private static EvaluationResult Judge(PipelineDefinition definition, TaskRules rules, Running.ScoredRows scored, Table rows, IReadOnlyList<string> texts) =>
        Slicing.Add(rules.JudgeWithin(scored, ChainModel.Inputs(rows, texts), LabelTexts.Of(definition, rows)), definition, rows);

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
