namespace FeatureTransfer.Heads;

/// <summary>
/// A trainer that also learns from rows without a label: those that it is sure of get its own answer as their label, and it trains again on all (Yarowsky 1995,
/// "Unsupervised word sense disambiguation rivaling supervised methods"; Lee 2013, "Pseudo-label"). Labels that were given stay; the others are given anew each round.
/// </summary>
/// <remarks>It helps where classes are clusters, and makes sure mistakes surer: judge it against the trainer alone.</remarks>
public sealed record SelfTrainingOptions : HeadOptions
{
    /// <summary>
    /// What is trained: any trainer with a weighted sum of the features, so neither <see cref="KNearestNeighboursOptions"/> nor one that reads rows without a label itself. Its
    /// columns and its seed are those given here. Default <see cref="LinearProbeOptions"/>.
    /// </summary>
    public HeadOptions Trainer { get; init; } = new LinearProbeOptions();

    /// <summary>The probability from which on an answer becomes a label, above 0 and at most 1. It is divided by a temperature where the trainer fits one. Default 0.9.</summary>
    public double Threshold { get; init; } = 0.9;

    /// <summary>How often rows without a label get one, at most: rounds end where none gets another than before. Default 5.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>The seed of what is random in <see cref="Trainer"/>. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal override bool ReadsUnlabelled => true;

    internal override int CalibrationFolds => Trainer.CalibrationFolds;

    internal override int RandomSeed => Seed;

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation) => Trainer.Seeded(Seed).Learn(rows, cancellation);

    internal override HeadDecision Learn(HeadRows rows, CancellationToken cancellation)
    {
        var learned = (LinearDecision)Learn(rows.Features, cancellation);
        if (rows.Unlabelled.Length == 0)
            return learned;
        var temperature = HeldOutTemperature.Of(this, rows.Features, cancellation);
        var given = new PseudoLabels(rows.Unlabelled, rows.Features.Dimension, []);
        for (var round = 0; round < Rounds; round++)
        {
            var next = given.Again(learned.Cooled(temperature), Threshold);
            if (next.Labels.SequenceEqual(given.Labels))
                break;
            given = next;
            learned = (LinearDecision)Learn(given.Beside(rows.Features), cancellation);
        }

        return learned.After(given.Count);
    }

    private protected override IEnumerable<string> Faults()
    {
        if (!(Threshold is > 0 and <= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"{nameof(Threshold)} is {Threshold}; expected a probability above 0, and at most 1");
        foreach (var fault in Below(nameof(Rounds), Rounds, 1))
            yield return fault;
        if (Trainer is null or KNearestNeighboursOptions or { ReadsUnlabelled: true } or { Domains: not null })
            yield return $"{nameof(Trainer)} is {Trainer?.GetType().Name ?? "null"}; expected the options of LinearProbe, RidgeClassifier, LinearSvc or NearestCentroid. {nameof(LabelPropagationOptions)} does the like with neighbours";
        else
        {
            foreach (var fault in Trainer.OwnFaults)
                yield return $"{nameof(Trainer)}: {fault}";
        }
    }
}
