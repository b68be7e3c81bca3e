namespace FeatureTransfer.Pipelines.Running;

/// <summary>Reads labels as yes or no.</summary>
/// <param name="PositiveLabel">The label that is positive, all others being negative; null for labels that are words or digits for yes and no.</param>
internal sealed record BinaryLabels(string? PositiveLabel)
{
    private static readonly string[] _yes = ["true", "1", "yes"];
    private static readonly string[] _no = ["false", "0", "no"];

    /// <summary>What rows that are positive are called.</summary>
    public string Positive { get; init; } = PositiveLabel ?? "true";

    /// <summary>What the others are called.</summary>
    public string Negative { get; init; } = PositiveLabel is null ? "false" : $"not {PositiveLabel}";

    /// <summary>Whether a label is positive; null when it cannot be told.</summary>
    public bool? Read(string label)
    {
        if (PositiveLabel is not null)
            return label == PositiveLabel;
        if (_yes.Contains(label, StringComparer.OrdinalIgnoreCase))
            return true;
        return _no.Contains(label, StringComparer.OrdinalIgnoreCase) ? false : null;
    }

    /// <summary>Why a label cannot be used, as the end of a sentence; null when it can.</summary>
    public string? Fault(string label)
    {
        if (label.Length == 0)
            return "is empty, so the row has no label";
        return Read(label) is null ? $"is \"{label}\", expected true or false, 1 or 0, yes or no; for other labels name the positive one with evaluation.positiveLabel" : null;
    }

    /// <summary>With the names that the data have for both; several negative labels are one.</summary>
    public BinaryLabels Named(IReadOnlyList<string> labels)
    {
        var negative = labels.Where(label => Read(label) == false).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return this with
        {
            Positive = PositiveLabel ?? labels.FirstOrDefault(label => Read(label) == true) ?? Positive,
            Negative = PositiveLabel is not null && negative.Count > 1 ? Negative : negative.FirstOrDefault() ?? Negative,
        };
    }

    /// <summary>What rows are called that are positive, or are not.</summary>
    public string Name(bool positive) => positive ? Positive : Negative;
}
