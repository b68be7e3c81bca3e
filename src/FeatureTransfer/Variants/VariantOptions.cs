using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Variants;

/// <summary>How a smaller variant of a backbone is made.</summary>
public sealed record VariantOptions
{
    /// <summary>The backbone: an id of the catalogue, a card's <c>.json</c> or a model's <c>.onnx</c>.</summary>
    public required string Backbone { get; init; }

    /// <summary>What its weights become. Default <see cref="WeightFormat.Int8"/>.</summary>
    public WeightFormat Format { get; init; }

    /// <summary>Images of the kind that the backbone will see, one or more: the features of both are compared on them, and the ranges of <see cref="WeightFormat.Int8"/> are taken from them.</summary>
    public required IReadOnlyList<string> Sample { get; init; }

    /// <summary>The least cosine similarity of an image's features to the original's. From -1 to 1, default 0.99.</summary>
    public double MinimumSimilarity { get; init; } = 0.99;

    /// <summary>Whether the variant is kept even when an image is below <see cref="MinimumSimilarity"/>. Default false.</summary>
    public bool Force { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(Backbone))
            faults.Add($"{nameof(Backbone)} is empty; expected an id such as 'resnet_18.mlnet' or a path");
        if (Sample.Count == 0)
            faults.Add($"{nameof(Sample)} is empty; expected images of the kind that the backbone will see");
        if (!(MinimumSimilarity is >= -1 and <= 1))
            faults.Add(FormattableString.Invariant($"{nameof(MinimumSimilarity)} is {MinimumSimilarity}; expected -1 to 1"));
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(VariantOptions)}: {string.Join("; ", faults)}.");
    }
}
