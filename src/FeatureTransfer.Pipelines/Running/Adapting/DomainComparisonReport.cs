namespace FeatureTransfer.Pipelines;

/// <summary>One way to train on the source, judged on the target.</summary>
/// <param name="Name"><c>source-only</c>, the baseline's name, or the method.</param>
/// <param name="Accuracy">The share of the held-out target rows that it gets right; null where they have no labels.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="DomainDistance">The proxy A-distance of the domains as the trainer sees them, 0 to 2; null for what leaves the features as they are, or has others.</param>
public sealed record DomainCandidate(string Name, double? Accuracy, Interval? Interval, double? DomainDistance)
{
    /// <summary>How much better than source-only it is on the same rows; null for that itself.</summary>
    public double? Gain { get; init; }

    /// <summary>The 95 % interval of the gain.</summary>
    public Interval? GainInterval { get; init; }

    /// <summary>The probability of a difference like this by chance: McNemar's exact test, with Holm's correction for the adaptations that were tried.</summary>
    public double? PValue { get; init; }

    /// <summary>Whether it is worse than source-only beyond chance.</summary>
    public bool IsNegativeTransfer { get; init; }

    /// <summary>What is measured without labels; null where the target has some.</summary>
    public LabelFreeScores? LabelFree { get; init; }
}

/// <summary>What is measured of a candidate on a target without labels, trained on 70 % of the source's rows. None of it decides.</summary>
/// <param name="WeightedAccuracy">The accuracy on the other rows of the source, weighed by how much likelier they are in the target: see <see cref="Diagnostics.ImportanceWeightedAccuracy"/>.</param>
/// <param name="EffectiveRows">How many rows of one weight would tell as much.</param>
/// <param name="Entropy">How undecided it is about the target, in nats: see <see cref="Diagnostics.PredictionEntropy"/>.</param>
/// <param name="Density">How densely the target lies by its answers, in nats: see <see cref="Diagnostics.SoftNeighbourhoodDensity"/>.</param>
public sealed record LabelFreeScores(double WeightedAccuracy, double EffectiveRows, double Entropy, double Density);

/// <summary>What a <see cref="DomainComparison"/> found.</summary>
public sealed record DomainComparisonReport
{
    /// <summary>Source-only first, then the baseline where the pipeline has one, then the adaptations.</summary>
    public required IReadOnlyList<DomainCandidate> Candidates { get; init; }

    /// <summary>The name of the candidate to keep: the best adaptation that beats source-only beyond chance, or source-only.</summary>
    public required string Keep { get; init; }

    /// <summary>Why.</summary>
    public required string Why { get; init; }

    /// <summary>Rows of the source that were trained on; those grouped with held-out target rows are left out.</summary>
    public required int SourceRows { get; init; }

    /// <summary>Rows of the target whose features were looked at.</summary>
    public required int TargetRows { get; init; }

    /// <summary>Rows of the target that judged.</summary>
    public required int TestRows { get; init; }

    /// <summary>Half the sum of the differences of the classes' shares in the domains, 0 to 1; null where the target has no labels.</summary>
    public double? ClassShift { get; init; }

    /// <summary>
    /// What the temperature of the model that is kept does to the errors on the target's held-out rows; null where a run's pipeline asks for none, nothing judges, or the
    /// domains are compared alone.
    /// </summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>How the limits of the answers of the model that is kept do on the target's held-out rows; null as <see cref="Calibration"/> is.</summary>
    public LimitsReport? Limits { get; init; }

    /// <summary>How many labelled rows of the target the temperature and the limits were found on; 0 where rows of the source gave those of the plain model, and null where there are none.</summary>
    public int? LimitRows { get; init; }

    /// <summary>The rows that could not be used.</summary>
    public required IReadOnlyList<RejectedRow> Rejected { get; init; }
}
