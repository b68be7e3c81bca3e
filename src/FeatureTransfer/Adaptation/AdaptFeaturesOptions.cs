namespace FeatureTransfer.Adaptation;

/// <summary>How features of a source and a target domain are brought together, and in which columns they are.</summary>
public sealed record AdaptFeaturesOptions : DomainOptions
{
    /// <summary>The column that is added: a vector of floats. Default <c>Features</c>, which then takes the place of what was read.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>The method. Default <see cref="AdaptationMethod.Coral"/>.</summary>
    public AdaptationMethod Method { get; init; } = AdaptationMethod.Coral;

    /// <summary>
    /// Whether features are standardized before another method looks at them, as their papers do: those of each domain, and for
    /// <see cref="AdaptationMethod.Tca"/>, which wants the difference of the means, those of both together. Default true.
    /// </summary>
    public bool StandardizeFirst { get; init; } = true;

    /// <summary>
    /// The length of the vectors that <see cref="AdaptationMethod.SubspaceAlignment"/> and <see cref="AdaptationMethod.Tca"/> give, at most the features and one
    /// less than the rows of either domain. Default 64.
    /// </summary>
    public int Components { get; init; } = 64;

    /// <summary>
    /// Coral: what is added to each variance, as a multiple of the domain's mean variance; 0 needs more rows than features. Tca: the penalty, as a multiple of
    /// the mean variance. OptimalTransport: the entropy, as a multiple of the mean squared distance. Null, the default, is 1 for the first two and 0.05 for the last.
    /// </summary>
    public double? Regularization { get; init; }

    internal override string Output => OutputColumnName;

    private protected override IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Method))
            yield return $"{nameof(Method)} is {Method}; expected one of {string.Join(", ", Enum.GetNames<AdaptationMethod>())}";
        if (Components < 1)
            yield return $"{nameof(Components)} is {Components}; expected 1 or more";
        if (Regularization is { } value && !(double.IsFinite(value) && (value > 0 || (value == 0 && Method is AdaptationMethod.Coral))))
            yield return string.Create(CultureInfo.InvariantCulture, $"{nameof(Regularization)} is {value}; expected a number above 0, or 0 for Coral");
    }
}
