namespace FeatureTransfer.Variants;

/// <summary>Which backbone's batch normalizations take their means and variances from which images.</summary>
public sealed record NormalizationOptions
{
    /// <summary>The backbone: an id of the catalogue, a card's <c>.json</c> or a model's <c>.onnx</c>. Its graph has batch normalizations that are not folded into convolutions.</summary>
    public required string Backbone { get; init; }

    /// <summary>Images of the target, two or more. No label is read.</summary>
    public required IReadOnlyList<string> Sample { get; init; }

    /// <summary>What the variant is called behind the backbone's id and a point. Default <c>adapted</c>.</summary>
    public string Tag { get; init; } = "adapted";

    /// <summary>The most images that are looked at, spread over the sample; all of these are in memory at once, with what the network makes of them. Default 64.</summary>
    public int MaximumImages { get; init; } = 64;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(Backbone))
            faults.Add($"{nameof(Backbone)} is empty; expected an id such as 'resnet_18.mlnet' or a path");
        if (Sample.Count < 2)
            faults.Add($"{nameof(Sample)} has {Sample.Count} images; expected two or more of the target");
        if (Tag.Length == 0 || !Tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            faults.Add($"{nameof(Tag)} is '{Tag}'; expected letters, digits, _ and -");
        if (MaximumImages < 2)
            faults.Add(FormattableString.Invariant($"{nameof(MaximumImages)} is {MaximumImages}; expected 2 or more"));
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(NormalizationOptions)}: {string.Join("; ", faults)}.");
    }
}
