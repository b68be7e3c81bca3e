namespace FeatureTransfer.Heads;

/// <summary>How few labels are drawn, and how often.</summary>
public sealed record FewShotOptions
{
    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The features: a vector of floats of one length. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>Labels a class. Default 1, 2, 4, 8 and 16.</summary>
    public ValueList<int> Shots { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>How often rows are drawn, at least 2. Default 20.</summary>
    public int Repeats { get; init; } = 20;

    /// <summary>The seed of the draws. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        if (Shots.Count == 0 || Shots.Any(shots => shots < 1))
            faults.Add($"{nameof(Shots)} is {Shots}; expected one number or more, each at least 1");
        if (Repeats < 2)
            faults.Add($"{nameof(Repeats)} is {Repeats}; expected 2 or more");
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(FewShotOptions)}: {string.Join("; ", faults)}.");
    }
}
