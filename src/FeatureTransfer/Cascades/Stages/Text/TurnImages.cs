namespace FeatureTransfer.Cascades;

/// <summary>Turns the images that are labelled as standing on their heads.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="images">The images that it reads.</param>
/// <param name="labels">A label for each.</param>
/// <param name="turned">The images that it gives.</param>
/// <param name="label">The label of those that are turned by half a circle.</param>
public sealed class TurnImages(string name, string images, string labels, string turned, string label)
    : CascadeStage(name, [new(images, CascadeKind.Images), new(labels, CascadeKind.Texts)], [new(turned, CascadeKind.Images)])
{
    /// <summary>The images that it reads.</summary>
    public string Images { get; } = images;

    /// <summary>A label for each.</summary>
    public string Labels { get; } = labels;

    /// <summary>The images that it gives.</summary>
    public string Turned { get; } = turned;

    /// <summary>The label of those that are turned.</summary>
    public string Label { get; } = label;

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [((IReadOnlyList<byte[]>)inputs[0]).Zip((IReadOnlyList<string>)inputs[1], (image, found) => found == Label ? Turn(image) : image).ToList()];
    }

    private static byte[] Turn(byte[] encoded)
    {
        using var image = CascadeImages.Decode(encoded);
        using var turned = image.Rot180();
        return CascadeImages.Encode(turned);
    }
}
