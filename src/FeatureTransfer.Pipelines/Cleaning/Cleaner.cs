using FeatureTransfer.Diagnostics;
using FeatureTransfer.Neighbours;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Cleaning;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines;

/// <summary>
/// Looks for what is wrong with labelled data: labels that are probably wrong, near-duplicates and those that contradict each other or lie on both sides of the
/// split, outliers, files that cannot be read, and labels that can be told by their files.
/// </summary>
public sealed class Cleaner
{
    private readonly FeatureTransferServices _services;

    /// <summary>Creates a cleaner.</summary>
    /// <param name="services">Where things come from and who takes logs and progress. Default <see cref="FeatureTransferServices.Default"/>.</param>
    public Cleaner(FeatureTransferServices? services = null) => _services = services ?? FeatureTransferServices.Default;

    /// <summary>Looks at a pipeline's data.</summary>
    /// <param name="definition">The pipeline, of a task with classes; its chain judges the labels, cross-validated over all rows.</param>
    /// <param name="options">What is looked for. Default the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="FeatureTransferException">The data or the chain is wrong, or the task is not one of classes.</exception>
    public Task<CleanReport> CleanAsync(PipelineDefinition definition, CleanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options ??= new CleanOptions();
        options.Validate();
        if (definition.Task is not (PipelineTask.Multiclass or PipelineTask.Binary))
            throw new FeatureTransferException($"{definition.Name}: labels are judged by the probabilities of classes, and the task {TaskFault.Name(definition.Task)} has none. Use a pipeline of the task multiclass or binary.");
        return Task.Run(() => Clean(definition, options, _services with { Cancellation = cancellationToken }), cancellationToken);
    }

    private static CleanReport Clean(PipelineDefinition definition, CleanOptions options, FeatureTransferServices services)
    {
        var rejected = new RejectedRowCollector();
        services = services with { Rejected = rejected };
        var build = new StepBuild(new MLContext(definition.Seed), services, definition.BaseFolder) { Task = definition.Task, Seed = definition.Seed };
        ChainModel.Check(definition, services);
        var rules = TaskRules.Of(definition);
        var source = LabelledRows.Read(definition, rules, new SourceContext(definition.BaseFolder, rejected, services.Cancellation) { Sql = services.Sql });
        ChainModel.CheckContent(definition, source);
        var view = source.ToView(SourceRows.Numbered(source.ToTable()), rejected, services.Cancellation);
        var table = FiniteRows.Of(definition, FrozenRows.Read(definition, view, build), rejected);

        // Copies lie on one side of the split of a run, so of this one too.
        table = RowCopies.Mark(definition, table, source, RowKeys.Of(source, [.. Enumerable.Range(0, source.Rows.Count)], services.Cancellation));
        var labels = LabelTexts.Of(definition, table);
        rules = rules.Learn(definition.Name, labels);
        var doubts = Doubts(definition, options, table, rules, build, source);
        var index = Index(definition, table);
        var outliers = index is null ? null : Outliers.Scores(index, cancellationToken: services.Cancellation);
        var duplicates = new DuplicateRows(index is null ? [] : NearDuplicates.Find(index, options.Duplicates, services.Cancellation), labels, HeldOut(definition, table));
        var names = ChainModel.Inputs(table, source.TextNames);
        return new CleanReport
        {
            Rows = [.. doubts.Select(doubt => new CleanedRow(names[doubt.Row], labels[doubt.Row])
            {
                Suggestion = doubt.Suggestion,
                Doubt = doubt.Doubt,
                IsProbableError = doubt.IsProbable,
                Duplicates = duplicates.GroupOf(doubt.Row),
                IsContradicted = duplicates.IsContradicted(doubt.Row),
                IsAcrossSplit = duplicates.IsAcross(doubt.Row),
                Outlier = outliers?[doubt.Row] ?? 0,
                IsOutlier = outliers?[doubt.Row] >= options.Outliers,
            })],
            Rejected = rejected.Rows,
            Leaks = SourceLeaks.Find(source.Content is null ? FileProperties.Of(table, services.Cancellation) : new Dictionary<string, IReadOnlyList<string>>(), labels),
        };
    }

    private static IEnumerable<(int Row, string? Suggestion, double Doubt, bool IsProbable)> Doubts(PipelineDefinition definition, CleanOptions options, Table table, TaskRules rules, StepBuild build, SourceRows source)
    {
        var validated = definition with { Split = definition.Split with { Folds = options.Folds, Repeats = options.Repeats } };
        var crossValidation = new CrossValidation(validated, build, new RunCheckpoints(validated), new TrainingImages(validated, source, build.Services.Cancellation));
        crossValidation.Run(rules, table, build.Services.Cancellation);
        var probabilities = new OutOfFoldProbabilities(definition.Task, rules.Labels, crossValidation.OutOfFold, table.Count);
        var classes = rules.Strata(LabelTexts.Of(definition, table)).Select(probabilities.ClassOf).ToList();
        return LabelErrors.Rank(probabilities.Rows, classes)
            .Select(label => (label.Row, label.Doubt > 0.5 ? probabilities.Labels[label.Suggested] : null, label.Doubt, label.IsProbable));
    }

    private static NeighbourIndex? Index(PipelineDefinition definition, Table table)
    {
        if (definition.Estimators.OfType<ExtractFeaturesStep>().FirstOrDefault() is not { } step)
            return null;
        var builder = new NeighbourIndexBuilder();
        for (var row = 0; row < table.Count; row++)
            builder.Add(string.Create(CultureInfo.InvariantCulture, $"{row}"), table.Values(step.Output, row));
        return builder.Build();
    }

    private static HashSet<int> HeldOut(PipelineDefinition definition, Table table) =>
        [.. Splitter.HoldOut(RowGroups.Strata(definition, table), RowGroups.Of(definition, table), definition.Split.TestFraction, definition.Seed).Test];
}
