using System.Text.Json.Serialization;

namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// How an encoded image becomes one float tensor: (3, height, width), or (height, width, 3) for <see cref="TensorLayout.Nhwc"/>.
/// A value is <c>(pixel * Scale - Mean[c]) / Std[c]</c>, pixel in 0 to 255.
/// </summary>
/// <remarks>Two recipes with equal settings are equal, the contents of <see cref="Mean"/> and <see cref="Std"/> included.</remarks>
public sealed record ImagePreprocessing : Preprocessing
{
    /// <summary>Height of the tensor in pixels. Default 224.</summary>
    public int Height { get; init; } = 224;

    /// <summary>Width of the tensor in pixels. Default 224.</summary>
    public int Width { get; init; } = 224;

    /// <summary>How the image is fitted to the tensor. Default <see cref="ResizeMode.Crop"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Crop;

    /// <summary>
    /// Share of the resized image that the centre crop keeps, along each axis: 0.875 resizes to 256 for a crop of 224.
    /// Above 0, at most 1; counts for <see cref="ResizeMode.Crop"/> only. Default 1.
    /// </summary>
    public double CropFraction { get; init; } = 1.0;

    /// <summary>The resize kernel. Default <see cref="Interpolation.Bilinear"/>.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>Order of the channels; <see cref="Mean"/> and <see cref="Std"/> follow this order. Default <see cref="ChannelOrder.Rgb"/>.</summary>
    public ChannelOrder Channels { get; init; } = ChannelOrder.Rgb;

    /// <summary>Factor on the pixel, before the mean is taken off. Default 1/255.</summary>
    public float Scale { get; init; } = 1 / 255f;

    /// <summary>Three values, one a channel in tensor order, taken off after scaling. Default 0, 0, 0.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0f, 0f, 0f];

    /// <summary>Three values, one a channel in tensor order, that divide last; none may be 0. Default 1, 1, 1.</summary>
    public IReadOnlyList<float> Std { get; init; } = [1f, 1f, 1f];

    /// <summary>Order of the axes. Default <see cref="TensorLayout.Nchw"/>.</summary>
    public TensorLayout Layout { get; init; } = TensorLayout.Nchw;

    /// <summary>The colour under transparent pixels and beside padded images, 0xRRGGBB. Default white.</summary>
    public uint Background { get; init; } = 0xFFFFFF;

    /// <inheritdoc/>
    [JsonIgnore]
    public override Modality Modality => Modality.Image;

    /// <summary>Number of floats in the tensor of one image: 3 * height * width.</summary>
    public int TensorLength => checked(3 * Height * Width);

    /// <summary>A stable text of every setting that changes the tensor, for the keys of caches.</summary>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"image2|{Height}x{Width}|{Resize}|{CropFraction:R}|{Interpolation}|{Channels}|{Scale:R}|{List(Mean)}|{List(Std)}|{Layout}|{Background:X6}");

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message names all of them.</exception>
    public override void Validate()
    {
        var faults = ImagePreprocessingRules.Faults(this).ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"ImagePreprocessing: {string.Join("; ", faults)}.");
    }

    /// <summary>Whether the other preprocessing gives the same tensors.</summary>
    /// <param name="other">The other preprocessing.</param>
    public bool Equals(ImagePreprocessing? other) => other is not null && Fingerprint == other.Fingerprint;

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode(StringComparison.Ordinal);

    private static string List(IReadOnlyList<float> values) =>
        string.Join(",", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
