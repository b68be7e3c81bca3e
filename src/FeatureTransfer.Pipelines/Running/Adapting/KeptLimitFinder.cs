using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds the temperature and the limits of the model that is kept for a target.</summary>
/// <param name="definition">The pipeline.</param>
/// <param name="compared">What was compared.</param>
/// <param name="options">What was tried.</param>
/// <param name="build">What building steps needs.</param>
internal sealed class KeptLimitFinder(PipelineDefinition definition, ComparedDomains compared, DomainComparisonOptions options, StepBuild build)
{
    /// <summary>Finds them, and judges them on the rows of the target that judge; null where the pipeline asks for none.</summary>
    /// <param name="plain">Those of the plain model.</param>
    /// <param name="cancellation">Stops the work.</param>
    public KeptLimits? Find(KeptLimits plain, CancellationToken cancellation)
    {
        if (definition.Evaluation is { Calibrate: false, Conformal: null, Unknown: null })
            return null;
        return compared.Winner is { } winner
            ? Judged(winner, OnTarget(winner, cancellation))
            : Judged(compared.Outcomes[0], plain with { Notes = [OfTheSource()] });
    }

    // Rows that judge choose the winner, and rows whose labels taught it flatter it: so its training is repeated without a part of the other rows, which is then asked about.
    private KeptLimits OnTarget(DomainOutcome winner, CancellationToken cancellation)
    {
        var folds = compared.Tables.Folds(definition, compared.Split);
        if (folds.Count == 0)
            return Without("they are found on labelled rows of the target that do not judge, which takes two or more that are in no group with each other. Label more rows of the target, or lower target.testFraction");
        try
        {
            return Found(winner, [.. folds.SelectMany(fold => OutOfFold(winner.Name, fold, cancellation))]);
        }
        catch (FeatureTransferException exception)
        {
            // Too few rows of a class, for one: a run that has come this far is not lost for it.
            return Without($"the training could not be repeated without a part of the target's rows: {exception.Message}");
        }
    }

    private IReadOnlyList<(int Row, IReadOnlyList<string> Labels, RowScore Score)> OutOfFold(string name, DomainSplit fold, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();

        // A context hands out random numbers in the order in which it is asked: each fold has its own, so that runs repeat.
        var own = build with { Context = new MLContext(definition.Seed), IsFold = true };
        using var outcome = new DomainTrials(definition, compared.Tables, options, labelled: true, own).Train(name, fold);
        return [.. outcome.Scored!.Rows.Select((score, row) => (fold.Target.Test[row], outcome.Scored.Labels, score))];
    }

    private KeptLimits Found(DomainOutcome winner, IReadOnlyList<(int Row, IReadOnlyList<string> Labels, RowScore Score)> outOfFold)
    {
        var labels = LabelTexts.Of(definition, compared.Tables.Target);
        var notes = new List<string>();
        var asked = definition;
        if (definition.Evaluation.Unknown is { Column: var column } && outOfFold.Any(row => row.Score.Novelty is null))
        {
            notes.Add($"nothing is called unknown: {winner.Name} puts a trainer in the place of the pipeline's, which gives no column \"{column}\"");
            asked = definition with { Evaluation = definition.Evaluation with { Unknown = null } };
        }

        var temperature = TemperatureFinder.Find(definition, TaskRules.Of(definition), outOfFold, labels);
        var limits = LimitFinder.Find(asked, temperature is null ? outOfFold : outOfFold.Select(row => (row.Row, row.Labels, row.Score.At(temperature))), labels);
        return new KeptLimits(temperature, limits)
        {
            Rows = outOfFold.Count,
            Scaling = temperature?.ToTransformer(winner.Model!.GetOutputSchema(compared.Tables.Target.Schema)),
            Notes = [.. notes, .. LimitFinder.Notes(limits, "rows of the target with a label that do not judge")],
        };
    }

    private KeptLimits Judged(DomainOutcome outcome, KeptLimits found)
    {
        if (outcome.Scored is not { } scored)
            return found;
        var test = compared.Tables.Target.Select(compared.Split.Target.Test);
        var labels = LabelTexts.Of(definition, test);
        var rules = TaskRules.Of(definition).Within(found.Limits).Complete(scored);
        return found with
        {
            Judged = rules.JudgeWithin(scored.At(found.Temperature), ChainModel.Inputs(test), labels),
            Calibration = TemperatureFinder.Report(found.Temperature, rules, scored, labels),
        };
    }

    private KeptLimits Without(string why) =>
        new(null, null) { Notes = [$"the adapted model has {string.Join(" and ", Asked.Select(name => $"no {name}"))}: {why}"] };

    private string OfTheSource() => $"the plain model's {string.Join(" and ", Asked)}, found on rows of the source, may not hold on the target. "
        + (compared.Outcomes[0].Scored is null ? "Label some rows of the target and judge the model on them with ft evaluate" : "What comes of that on the target's held-out rows stands beside the comparison");

    private IEnumerable<string> Asked =>
    [
        .. definition.Evaluation.Calibrate ? ["temperature"] : (string[])[],
        .. definition.Evaluation is { Conformal: null, Unknown: null } ? [] : (string[])["limits"],
    ];
}
