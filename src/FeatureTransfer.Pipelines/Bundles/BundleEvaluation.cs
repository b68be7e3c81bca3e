using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>Judges bundles on labelled data.</summary>
/// <param name="Metrics">The metrics.</param>
/// <param name="Rejected">The rows that could not be used.</param>
public sealed record BundleEvaluation(EvaluationResult Metrics, IReadOnlyList<RejectedRow> Rejected)
{
    /// <summary>
    /// How many of the rows that were judged, of those with the same image, texts and numbers, had trained the bundle: with many of them the metrics
    /// say little about new data.
    /// </summary>
    public int TrainedOn { get; init; }

    /// <summary>The labels of the rows that the bundle has not learned, the most frequent first: a row that has one counts as a mistake.</summary>
    public IReadOnlyList<UnknownLabel> UnknownLabels { get; init; } = [];

    /// <summary>
    /// What the temperature of the bundle does to the probabilities of these rows: errors that are larger with it than without say that it does not hold for them. Null where it
    /// has none.
    /// </summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>What a user ought to know of the data, a sentence each; empty where all is as expected.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Judges a bundle on a folder of class folders.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="folder">The folder; the names of the folders in it are the true labels. Its files are texts, recordings or images, by what the bundle reads.</param>
    /// <exception cref="FeatureTransferException">The folder holds no image that can be used, or none of a label that the bundle has learned.</exception>
    public static BundleEvaluation OnFolder(Bundle bundle, string folder)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        DataSource data = bundle.ReadsTexts ? new TextFolderSource { Path = folder, Column = bundle.Manifest.TextColumns[0] }
            : bundle.Modality == Modality.Audio ? new AudioFolderSource { Path = folder }
            : new ImageFolderSource { Path = folder };
        return OnAll(bundle, new PipelineDefinition { Name = folder, Task = bundle.Task, Data = data });
    }

    /// <summary>Judges a bundle on all rows of a pipeline's data.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="definition">The pipeline; its data and its label column count.</param>
    /// <exception cref="FeatureTransferException">None of the rows can be used, or the pipeline's task is another than the bundle's.</exception>
    public static BundleEvaluation OnAll(Bundle bundle, PipelineDefinition definition) =>
        Judge(bundle, definition, table => LabelledSplit.Labelled(definition, table));

    /// <summary>Judges a bundle on the rows that a pipeline holds out: the same split as when the pipeline runs.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="definition">The pipeline; its data, its split and its seed count.</param>
    /// <exception cref="FeatureTransferException">None of the rows can be used, or the pipeline holds none out.</exception>
    public static BundleEvaluation OnHeldOut(Bundle bundle, PipelineDefinition definition) => Judge(bundle, definition, table =>
    {
        var test = LabelledSplit.HoldOut(definition, table).Test;
        return test.Count > 0
            ? test
            : throw new FeatureTransferException($"{definition.Name}: the pipeline holds no rows out (split.testFraction is {definition.Split.TestFraction.ToString(System.Globalization.CultureInfo.InvariantCulture)}). Judge on other data, or on all rows, knowing that the bundle may have learned from them.");
    });

    private static BundleEvaluation Judge(Bundle bundle, PipelineDefinition definition, Func<Table, IReadOnlyList<int>> choose)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(definition);
        var rejected = new RejectedRowCollector();
        var notes = new List<string>();
        CheckTask(bundle, definition);
        var source = LabelledRows.Read(definition, bundle.Rules, new SourceContext(definition.BaseFolder, rejected, CancellationToken.None) { Sql = bundle.Sql, Note = notes.Add }, unlabelled: true);
        var rows = source.ToTable();
        var labels = LabelTexts.Of(definition, rows);
        var (good, answers) = Answers(bundle, source, rows, rejected);
        if (good.Count == 0)
            throw new FeatureTransferException($"{definition.Name}: none of the {rows.Count} rows can be used. The first reason: {rejected.Rows[0].Reason}");

        // A run splits what is left after the rejects, so this does too.
        var keys = RowKeys.Of(source, good, CancellationToken.None);
        var chosen = choose(RowCopies.Mark(definition, rows.Select(good), source.Select(good), keys));
        var judged = rows.Select([.. chosen.Select(row => good[row])]);
        IReadOnlyList<string> truths = [.. chosen.Select(row => labels[good[row]])];
        CheckLabels(bundle, definition, truths);
        var names = bundle.Task is PipelineTask.Multiclass or PipelineTask.MultiLabel ? bundle.Labels : [];
        var scored = new ScoredRows(names, [.. chosen.Select(row => answers[row])]);
        var result = bundle.Rules.JudgeWithin(scored, ChainModel.Inputs(judged, source.TextNames), truths);
        return new BundleEvaluation(Slicing.Add(result, definition, judged), rejected.Rows)
        {
            TrainedOn = chosen.Count(row => keys[row] is { } known && bundle.TrainingRows.Contains(known)),
            Calibration = TemperatureFinder.ReportWithin(bundle.Manifest.Temperature, bundle.Rules, scored, truths),
            Notes = notes,
            UnknownLabels = bundle.Rules.Unknown(truths),
        };
    }

    // The rows that can be judged and what the bundle says of them. Rows without images are rows of numbers, or texts, which its chain takes as they are.
    private static (IReadOnlyList<int> Rows, IReadOnlyList<RowScore> Scores) Answers(Bundle bundle, SourceRows source, Table rows, RejectedRowCollector rejected)
    {
        var isFileAlone = source.NumberNames.Count + source.TextNames.Count == 0;
        var predictions = !isFileAlone || rows.Text(DataSource.PathColumn) is not { } paths ? BundleTable.Predict(bundle, source, new RejectedRowCollector())
            : source.Content is null ? bundle.Predict(paths)
            : PredictContent(bundle, source, rejected);
        foreach (var bad in predictions.Where(prediction => prediction.Error is not null))
            rejected.Reject(new RejectedRow(bad.Input, bad.Error!, "evaluate"));
        var good = Enumerable.Range(0, rows.Count).Where(row => predictions[row].Error is null).ToList();
        return (good, [.. good.Select(row => predictions[row]).Select(answer => answer.Score is { } score ? new RowScore([score], answer.Probability) : new RowScore([.. answer.Scores]) { IsCostly = answer.Costly, IsAsked = answer.Asked, Novelty = answer.Novelty })]);
    }

    // A batch of images is held at a time.
    private static IReadOnlyList<Prediction> PredictContent(Bundle bundle, SourceRows source, IRejectedRowSink rejected)
    {
        const int BatchSize = 256;
        var images = source.Images([.. Enumerable.Range(0, source.Rows.Count)], rejected, CancellationToken.None);
        return [.. images.Chunk(BatchSize).SelectMany(batch => bundle.Predict(batch))];
    }

    // A label or two that the bundle never learned count as mistakes; data of another task altogether is an oversight.
    private static void CheckLabels(Bundle bundle, PipelineDefinition definition, IEnumerable<string> labels)
    {
        var given = labels.Distinct().ToList();
        if (!bundle.Rules.Knows(given))
            throw new FeatureTransferException($"{definition.Name}: none of its labels ({string.Join(", ", given.Take(10))}) is one that the bundle has learned ({string.Join(", ", bundle.Labels.Take(10))}). Judge it on data of the same labels.");
    }

    private static void CheckTask(Bundle bundle, PipelineDefinition definition)
    {
        if (definition.Task != bundle.Task)
            throw new FeatureTransferException($"{definition.Name}: its task is {TaskFault.Name(definition.Task)}, and {bundle.Path} was trained for {TaskFault.Name(bundle.Task)}. Judge it on the data of a pipeline of its own task.");
    }
}

/// <summary>A label that a bundle has not learned.</summary>
/// <param name="Label">The label.</param>
/// <param name="Rows">The rows that have it.</param>
public sealed record UnknownLabel(string Label, int Rows);
