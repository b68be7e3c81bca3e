namespace FeatureTransfer.Heads;

/// <summary>What <see cref="ClassDistanceEstimator"/> reads and adds.</summary>
public sealed record ClassDistanceOptions
{
    /// <summary>The label: a key; rows without one are passed over. It is read while fitting alone. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The features: a vector of floats of one length. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>The column that is added: a vector of one float. Default <c>Distance</c>.</summary>
    public string OutputColumnName { get; init; } = "Distance";

    /// <summary>How far the covariance is drawn towards a multiple of the identity with the same trace, above 0 and at most 1. Default 0.1.</summary>
    public double Shrinkage { get; init; } = 0.1;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        string[] columns = [LabelColumnName, FeatureColumnName, OutputColumnName];
        if (columns.Any(string.IsNullOrWhiteSpace) || columns.Distinct(StringComparer.Ordinal).Count() < columns.Length)
            faults.Add($"the columns are {string.Join(", ", columns)}; expected three different names");
        if (!(Shrinkage is > 0 and <= 1))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(Shrinkage)} is {Shrinkage}; expected a number above 0, and at most 1"));
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(ClassDistanceOptions)}: {string.Join("; ", faults)}.");
    }
}
