namespace FeatureTransfer.Extraction.Flow;

/// <summary>Keeps numbers that are none out of what learns from features: one would spoil every row.</summary>
internal static class FiniteFeatures
{
    /// <summary>A row as it is, or rejected where a feature is not a finite number.</summary>
    public static FlowRow<T> Checked<T>(FlowRow<T> row) =>
        row.Features is { } features && Fault(row.Input.Name, features) is { } fault ? row with { Features = null, Error = fault } : row;

    /// <summary>Why the features of an input cannot be used, or null.</summary>
    public static BadInputException? Fault(string name, float[] features)
    {
        var place = Array.FindIndex(features, feature => !float.IsFinite(feature));
        return place < 0
            ? null
            : new BadInputException(name, string.Create(CultureInfo.InvariantCulture, $"the backbone makes {features[place]} of it in feature {place}, expected finite numbers; look at the card's preprocessing, and at weights of 16 bits"));
    }
}
