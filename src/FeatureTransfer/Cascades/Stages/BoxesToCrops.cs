namespace FeatureTransfer.Cascades;

/// <summary>Cuts boxes out of an image; a box that lies outside of it is moved to its edge.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="image">The image that is cut.</param>
/// <param name="boxes">The boxes.</param>
/// <param name="crops">The crops that it gives, as PNG.</param>
public sealed class BoxesToCrops(string name, string image, string boxes, string crops)
    : CascadeStage(name, [new(image, CascadeKind.Image), new(boxes, CascadeKind.Boxes)], [new(crops, CascadeKind.Images)])
{
    /// <summary>The image that is cut.</summary>
    public string Image { get; } = image;

    /// <summary>The boxes.</summary>
    public string Boxes { get; } = boxes;

    /// <summary>The crops that it gives.</summary>
    public string Crops { get; } = crops;

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var boxes = (CascadeTensor)inputs[1];
        using var image = CascadeImages.Decode((byte[])inputs[0]);
        var crops = new List<byte[]>();
        for (var i = 0; i < boxes.Shape[0]; i++)
            crops.Add(Crop(image, boxes.Row(i)));
        return [crops];
    }

    private static byte[] Crop(NetVips.Image image, ReadOnlySpan<float> box)
    {
        var (left, top) = (Math.Clamp((int)MathF.Floor(box[0]), 0, image.Width - 1), Math.Clamp((int)MathF.Floor(box[1]), 0, image.Height - 1));
        var (right, bottom) = (Math.Clamp((int)MathF.Ceiling(box[2]), left + 1, image.Width), Math.Clamp((int)MathF.Ceiling(box[3]), top + 1, image.Height));
        using var crop = image.Crop(left, top, right - left, bottom - top);
        return CascadeImages.Encode(crop);
    }
}
