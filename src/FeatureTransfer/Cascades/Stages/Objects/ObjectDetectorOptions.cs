namespace FeatureTransfer.Cascades;

/// <summary>Which objects a detector gives.</summary>
public sealed record ObjectDetectorOptions
{
    /// <summary>The score, 0 to 1, from which on an object is given. Default 0.3.</summary>
    public float MinScore { get; init; } = 0.3f;

    /// <summary>The overlap with a box of a higher score, intersection over union, above which a box is left out. Default 0.5; 1 leaves out none.</summary>
    public float MaxOverlap { get; init; } = 0.5f;

    /// <summary>Whether boxes of other labels leave a box out too. Default true: nothing is given twice under two names.</summary>
    public bool SuppressesAcrossLabels { get; init; } = true;

    /// <summary>The most objects of an image, those of the highest scores. Default 100.</summary>
    public int MaxObjects { get; init; } = 100;

    /// <summary>The labels that are given. Default, and empty: all.</summary>
    public ValueList<string> Labels { get; init; } = [];

    /// <summary>Checks the options.</summary>
    /// <param name="labels">What the detector knows.</param>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    internal void Validate(IReadOnlyList<string> labels)
    {
        CheckShare(MinScore, nameof(MinScore));
        CheckShare(MaxOverlap, nameof(MaxOverlap));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxObjects);
        if (Labels.FirstOrDefault(label => !labels.Contains(label)) is { } unknown)
            throw new ArgumentException($"{nameof(ObjectDetectorOptions)}.{nameof(Labels)} has '{unknown}', which the detector does not know.{NearestName.Hint(unknown, labels)} It knows {string.Join(", ", labels)}.");
    }

    private static void CheckShare(float value, string name)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, $"{nameof(ObjectDetectorOptions)}.{name} lies between 0 and 1.");
    }
}
