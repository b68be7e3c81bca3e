namespace FeatureTransfer.Adaptation;

/// <summary>What says of each row which domain it is from.</summary>
public abstract record DomainOptions
{
    private protected DomainOptions()
    {
    }

    /// <summary>The features: a vector of floats of one length. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>The domain: text. Default <c>Domain</c>.</summary>
    public string DomainColumnName { get; init; } = "Domain";

    /// <summary>The domain with labels, as the column says it. Default <c>source</c>.</summary>
    public string Source { get; init; } = "source";

    /// <summary>The domain that the model is for, as the column says it; empty counts as it. Default <c>target</c>.</summary>
    public string Target { get; init; } = "target";

    /// <summary>The most rows of a domain that a method looks at whose time grows with the square of the rows; they are drawn by the seed. Default 1000.</summary>
    public int MaximumRows { get; init; } = 1000;

    /// <summary>The seed of what is random. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The column that is added.</summary>
    internal abstract string Output { get; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    internal void Validate()
    {
        List<string> faults = [.. Faults()];
        if (new[] { FeatureColumnName, DomainColumnName, Output, Source, Target }.Any(string.IsNullOrWhiteSpace))
            faults.Add("a name is empty");
        if (FeatureColumnName == DomainColumnName || Output == DomainColumnName)
            faults.Add($"the domain is in the column {DomainColumnName}, which holds the features; expected a column of its own");
        if (Source == Target)
            faults.Add($"both domains are called {Source}; expected two names");
        if (MaximumRows < 2)
            faults.Add($"{nameof(MaximumRows)} is {MaximumRows}; expected 2 or more");
        if (faults.Count > 0)
            throw new ArgumentException($"{GetType().Name}: {string.Join("; ", faults)}.");
    }

    private protected abstract IEnumerable<string> Faults();
}
