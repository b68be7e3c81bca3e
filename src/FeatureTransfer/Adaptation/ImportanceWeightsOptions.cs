namespace FeatureTransfer.Adaptation;

/// <summary>How rows of the source are weighted, and in which columns what is needed is.</summary>
public sealed record ImportanceWeightsOptions : DomainOptions
{
    /// <summary>The column that is added: a float. Default <c>Weight</c>.</summary>
    public string OutputColumnName { get; init; } = "Weight";

    /// <summary>The method. Default <see cref="ImportanceMethod.DomainClassifier"/>.</summary>
    public ImportanceMethod Method { get; init; } = ImportanceMethod.DomainClassifier;

    /// <summary>The largest weight, so that no few rows rule, 1 or more. Default 20.</summary>
    public double MaximumWeight { get; init; } = 20;

    internal override string Output => OutputColumnName;

    private protected override IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Method))
            yield return $"{nameof(Method)} is {Method}; expected one of {string.Join(", ", Enum.GetNames<ImportanceMethod>())}";
        if (!(double.IsFinite(MaximumWeight) && MaximumWeight >= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"{nameof(MaximumWeight)} is {MaximumWeight}; expected a number from 1 on");
        if (OutputColumnName == FeatureColumnName)
            yield return $"the weights would replace the features in the column {FeatureColumnName}; expected another column";
    }
}
