namespace FeatureTransfer.Pipelines.Results;

/// <summary>
/// Whom a model fails: how rows are judged by the values of a column, such as a camera, a region or a group of people. The differences are those of Hardt and
/// others, "Equality of Opportunity in Supervised Learning" (2016), with every label in turn the positive one; the largest is given.
/// </summary>
public sealed record SliceReport
{
    /// <summary>Groups of fewer rows are listed and not compared: their rates are chance.</summary>
    public const int LeastRows = 10;

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The groups, the worst first; those of too few rows to be compared come last.</summary>
    public required IReadOnlyList<SliceGroup> Groups { get; init; }

    /// <summary>The group with the lowest accuracy of those that are compared; null where none is.</summary>
    public string? Worst { get; init; }

    /// <summary>The difference of accuracy; null where fewer than two groups are compared, as for all others.</summary>
    public RateGap? Accuracy { get; init; }

    /// <summary>The difference of the share of a label's rows that are found: equal opportunity.</summary>
    public RateGap? TruePositiveRate { get; init; }

    /// <summary>The difference of the share of other rows that are given the label.</summary>
    public RateGap? FalsePositiveRate { get; init; }

    /// <summary>The difference of the share of rows that are given the label, whatever is true: demographic parity.</summary>
    public RateGap? SelectionRate { get; init; }

    /// <summary>The larger of the differences of true and false positive rates: equalised odds; null where there is neither.</summary>
    public double? EqualisedOdds => (TruePositiveRate?.Difference, FalsePositiveRate?.Difference) switch
    {
        (null, var other) => other,
        (var one, null) => one,
        ({ } one, { } other) => Math.Max(one, other),
    };

    /// <summary>Makes a report.</summary>
    /// <param name="column">The column.</param>
    /// <param name="predictions">The predictions of rows with one label each.</param>
    /// <param name="groups">The column's value of each row.</param>
    /// <param name="labels">The labels that are taken as positive in turn: of a task with two answers the positive one, else all.</param>
    /// <exception cref="ArgumentException">There is not one value a prediction.</exception>
    public static SliceReport Of(string column, IReadOnlyList<PredictionRow> predictions, IReadOnlyList<string> groups, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(labels);
        if (predictions.Count != groups.Count)
            throw new ArgumentException($"There are {groups.Count} values of '{column}' and {predictions.Count} predictions. Expected one value a prediction.", nameof(groups));
        var rows = predictions.Zip(groups).GroupBy(pair => pair.Second, pair => pair.First, StringComparer.Ordinal).Select(group => new GroupRows(group.Key, [.. group])).ToList();
        var compared = rows.FindAll(group => group.Rows.Count >= LeastRows);
        return new SliceReport
        {
            Column = column,
            Groups = [.. rows.Select(group => group.Judged()).OrderBy(group => group.Rows < LeastRows).ThenBy(group => group.Accuracy).ThenBy(group => group.Name, StringComparer.Ordinal)],
            Worst = compared.Select(group => group.Judged()).OrderBy(group => group.Accuracy).ThenBy(group => group.Name, StringComparer.Ordinal).FirstOrDefault()?.Name,
            Accuracy = RateGap.Of(null, compared.Select(group => group.Rate(_ => true, row => row.Predicted == row.Label))),
            TruePositiveRate = Largest(label => compared.Select(group => group.Rate(row => row.Label == label, row => row.Predicted == label))),
            FalsePositiveRate = Largest(label => compared.Select(group => group.Rate(row => row.Label != label, row => row.Predicted == label))),
            SelectionRate = Largest(label => compared.Select(group => group.Rate(_ => true, row => row.Predicted == label))),
        };

        RateGap? Largest(Func<string, IEnumerable<GroupRate>> rates) =>
            labels.Select(label => RateGap.Of(label, rates(label))).OfType<RateGap>().MaxBy(gap => gap.Difference);
    }

    private sealed record GroupRows(string Name, IReadOnlyList<PredictionRow> Rows)
    {
        public SliceGroup Judged()
        {
            var right = Rate(_ => true, row => row.Predicted == row.Label).Value;
            return new SliceGroup(Name, Rows.Count, right, Interval.OfShare(right, Rows.Count));
        }

        public GroupRate Rate(Func<PredictionRow, bool> among, Func<PredictionRow, bool> counted)
        {
            var rows = Rows.Where(among).ToList();
            return new GroupRate(Name, rows.Count(counted), rows.Count);
        }
    }
}
