using FeatureTransfer.Heads;

namespace FeatureTransfer.Cascades;

/// <summary>Calibrates the models of a gate and chooses its thresholds.</summary>
internal sealed class GateTuning(GateOptions options, TimeProvider clock)
{
    /// <summary>Finds the rule, and what it does.</summary>
    /// <param name="cheap">The cheap model.</param>
    /// <param name="costly">The costly model.</param>
    /// <param name="rows">Rows that neither was fitted on, with their places.</param>
    /// <param name="classOf">The class of the row at a place, from 0; below that where it has none.</param>
    /// <exception cref="FeatureTransferException">No row is left.</exception>
    public (GateRule Rule, GateReport Report) Run(ITransformer cheap, ITransformer costly, IDataView rows, Func<long, int> classOf)
    {
        var (ofCheap, ofCostly) = (ScoredRows.Read(cheap, "cheap model", rows, clock, options.TimedRows), ScoredRows.Read(costly, "costly model", rows, clock, options.TimedRows));
        var places = ofCheap.Scores.Keys.Intersect(ofCostly.Scores.Keys).Where(place => classOf(place) >= 0).Order().ToList();
        if (places.Count == 0)
            throw new FeatureTransferException("The gate has no validation row that both models can read and that has a label. Give more rows, or raise ValidationFraction.");
        List<int> labels = [.. places.Select(classOf)];
        List<float[]> cheapScores = [.. places.Select(place => ofCheap.Scores[place])], costlyScores = [.. places.Select(place => ofCostly.Scores[place])];
        var rule = Choose(new GateRule(TemperatureScaling.Fit(cheapScores, labels), TemperatureScaling.Fit(costlyScores, labels), 0, 0), cheapScores, costlyScores, labels);
        return (rule, Report(rule, cheapScores, costlyScores, labels) with { CheapTimePerRow = ofCheap.TimePerRow, CostlyTimePerRow = ofCostly.TimePerRow });
    }

    private GateRule Choose(GateRule rule, List<float[]> cheapScores, List<float[]> costlyScores, List<int> labels)
    {
        List<GateAnswer> cheap = [.. cheapScores.Select(score => rule.OfCheap(score)!)], costly = [.. costlyScores.Select(rule.OfCostly)];
        List<bool> cheapIsRight = IsRight(cheap, labels), costlyIsRight = IsRight(costly, labels);
        var threshold = GateThresholds.Cheap([.. cheap.Select(answer => answer.Confidence)], cheapIsRight, costlyIsRight, options.AllowedAccuracyLoss, options.AnsweredAccuracy ?? 0);
        rule = rule with { CheapThreshold = threshold };
        if (options.AnsweredAccuracy is not { } accuracy)
            return rule;
        var passed = Enumerable.Range(0, labels.Count).Where(row => cheap[row].Confidence < threshold).ToList();
        var right = cheapIsRight.Count(isRight => isRight) - passed.Count(row => cheapIsRight[row]);
        return rule with
        {
            CostlyThreshold = GateThresholds.Costly([.. passed.Select(row => costly[row].Confidence)], [.. passed.Select(row => costlyIsRight[row])], labels.Count - passed.Count, right, accuracy),
        };
    }

    private static GateReport Report(GateRule rule, List<float[]> cheapScores, List<float[]> costlyScores, List<int> labels)
    {
        List<GateAnswer> answers = [.. cheapScores.Zip(costlyScores, (cheap, costly) => rule.Answer(cheap, () => costly))];
        var everywhere = rule with { CheapThreshold = 0 };
        var isRight = IsRight(answers, labels);
        var answered = Enumerable.Range(0, labels.Count).Where(row => !answers[row].IsAsked).ToList();
        return new GateReport
        {
            ValidationRows = labels.Count,
            CheapShare = Share(answers, answer => !answer.IsCostly),
            AskedShare = Share(answers, answer => answer.IsAsked),
            CheapAccuracy = Share(IsRight([.. cheapScores.Select(score => everywhere.OfCheap(score)!)], labels), right => right),
            CostlyAccuracy = Share(IsRight([.. costlyScores.Select(rule.OfCostly)], labels), right => right),
            Accuracy = answered.Count == 0 ? double.NaN : Share(answered, row => isRight[row]),
            CheapThreshold = rule.CheapThreshold,
            CostlyThreshold = rule.CostlyThreshold,
            CheapTemperature = rule.Cheap.Temperature,
            CostlyTemperature = rule.Costly.Temperature,
        };
    }

    private static List<bool> IsRight(List<GateAnswer> answers, List<int> labels) => [.. answers.Zip(labels, (answer, label) => answer.Best == label)];

    private static double Share<T>(List<T> rows, Func<T, bool> counts) => (double)rows.Count(counts) / rows.Count;
}
