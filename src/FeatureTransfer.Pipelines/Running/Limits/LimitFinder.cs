using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds the limits of answers, by rows that the models of the cross-validation had not learned from.</summary>
internal static class LimitFinder
{
    /// <summary>The limits; null where the pipeline asks for none.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="outOfFold">What the folds say of the training rows.</param>
    /// <param name="labels">The labels of the training rows.</param>
    public static AnswerLimits? Find(PipelineDefinition definition, IEnumerable<(int Row, IReadOnlyList<string> Labels, RowScore Score)> outOfFold, IReadOnlyList<string> labels)
    {
        var (conformal, unknown) = (definition.Evaluation.Conformal, definition.Evaluation.Unknown);
        if (conformal is null && unknown is null)
            return null;

        // Another repetition says nothing new of a row.
        var rows = outOfFold.DistinctBy(fold => fold.Row).ToList();
        return new AnswerLimits(
            conformal is null ? null : SetLimit.Of(conformal, [.. rows.Select(fold => (fold.Labels, fold.Score.Probabilities, labels[fold.Row]))]),
            unknown is null ? null : new UnknownLimit(unknown.Column, unknown.FalseAlarm, Finite(FiniteSampleQuantile.At(rows.Select(fold => (double)fold.Score.Novelty!.Value), 1 - unknown.FalseAlarm)), rows.Count));
    }

    /// <summary>What can be known to be wrong before any data move.</summary>
    public static IEnumerable<ChainFault> Faults(PipelineDefinition definition)
    {
        var evaluation = definition.Evaluation;
        foreach (var (name, isAsked, isBinaryToo) in new[] { ("conformal", evaluation.Conformal is not null, false), ("unknown", evaluation.Unknown is not null, false), ("calibrate", evaluation.Calibrate, true) }.Where(limit => limit.Item2))
        {
            if (definition.Task != PipelineTask.Multiclass && !(isBinaryToo && definition.Task == PipelineTask.Binary))
                yield return new ChainFault($"$.evaluation.{name}", $"it is for one of several classes{(isBinaryToo ? ", or of two" : "")}, and the task is {TaskFault.Name(definition.Task)}. Leave it out");
            else if (definition.Split.Folds < 2)
                yield return new ChainFault($"$.evaluation.{name}", "it is found on the predictions of the cross-validation, and there is none. Set split.folds to 2 or more");
        }

        if (evaluation.Unknown is { Column: var column } && Columns(definition) is { } known && !known.Contains(column))
            yield return new ChainFault("$.evaluation.unknown.column", $"no step gives the column \"{column}\". Give a trainer such as LinearProbe that name as logitsColumn, or put ClassDistance before the trainer and name its output here");
    }

    /// <summary>Too few rows for a limit.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="found">What the rows are called that they were found on.</param>
    public static IEnumerable<string> Notes(AnswerLimits? limits, string found = "training rows with a label")
    {
        if (limits?.Unknown is { Threshold: null } unknown)
            yield return string.Create(CultureInfo.InvariantCulture, $"nothing is called unknown: false alarms of {unknown.FalseAlarm} need {Math.Ceiling((1 / unknown.FalseAlarm) - 1 - 1e-9)} {found} or more, and there are {unknown.Rows}");
        if (limits?.Sets is { Threshold: 1 } sets)
            yield return string.Create(CultureInfo.InvariantCulture, $"sets hold all labels: a coverage of {sets.Coverage} needs more than {sets.Rows} {found}, or a model that is less often wholly wrong");
    }

    // Null where only a model's file tells.
    private static IReadOnlySet<string>? Columns(PipelineDefinition definition) =>
        definition.Estimators.Aggregate((IReadOnlySet<string>?)StepColumns.Of(definition.Data), (known, step) => known is null ? null : StepColumns.Behind(step, known));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
