namespace FeatureTransfer.Mitigation;

/// <summary>Which column a <see cref="EraseConceptEstimator"/> takes out of which features.</summary>
public sealed record EraseConceptOptions
{
    /// <summary>The features: a vector of floats of one length. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>The column that the features are not to tell: text, such as a group of people, a camera or a hospital. It is read while fitting alone.</summary>
    public required string ConceptColumnName { get; init; }

    /// <summary>The column that is added: a vector of floats. Default <c>Features</c>, which then takes the place of what was read.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">A name is empty, or one column is named twice.</exception>
    internal void Validate()
    {
        if (new[] { FeatureColumnName, ConceptColumnName, OutputColumnName }.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException($"{nameof(EraseConceptOptions)}: a name is empty.");
        if (ConceptColumnName == FeatureColumnName || ConceptColumnName == OutputColumnName)
            throw new ArgumentException($"{nameof(EraseConceptOptions)}: '{ConceptColumnName}' holds the features and the concept; expected a column of its own for the concept.");
    }
}
