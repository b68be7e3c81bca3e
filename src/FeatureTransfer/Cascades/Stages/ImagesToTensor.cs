using NetVips;

namespace FeatureTransfer.Cascades;

/// <summary>Makes one tensor (n, 3, height, width) of an image, or of all images together.</summary>
public sealed class ImagesToTensor : CascadeStage
{
    /// <summary>Creates the adapter.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="images">The images that it reads.</param>
    /// <param name="tensor">The tensor that it gives.</param>
    /// <param name="options">How. Default the defaults.</param>
    /// <param name="kind"><see cref="CascadeKind.Images"/>, which is the default, or <see cref="CascadeKind.Image"/>.</param>
    public ImagesToTensor(string name, string images, string tensor, ImagesToTensorOptions? options = null, CascadeKind kind = CascadeKind.Images)
        : base(name, [new(images, kind)], [new(tensor, CascadeKind.Tensor) { Shape = [null, 3, options?.Height, options?.Width] }]) =>
        (Images, Tensor, Options, Kind) = (images, tensor, options ?? new ImagesToTensorOptions(), kind);

    /// <summary>The images that it reads.</summary>
    public string Images { get; }

    /// <summary>The tensor that it gives.</summary>
    public string Tensor { get; }

    /// <summary>How.</summary>
    public ImagesToTensorOptions Options { get; }

    /// <summary>Whether it reads one image, or several.</summary>
    public CascadeKind Kind { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var encoded = inputs[0] is byte[] one ? [one] : (IReadOnlyList<byte[]>)inputs[0];
        List<(byte[] Pixels, int Width, int Height)> images = [.. encoded.Select(Read)];
        var (height, width) = (images.Select(image => image.Height).DefaultIfEmpty().Max(), Options.Width ?? images.Select(image => image.Width).DefaultIfEmpty().Max());
        var values = new float[images.Count * 3 * height * width];
        for (var i = 0; i < images.Count; i++)
            Fill(images[i], values.AsSpan(i * 3 * height * width, 3 * height * width), height, width);
        return [new CascadeTensor(values, images.Count, 3, height, width)];
    }

    private (byte[] Pixels, int Width, int Height) Read(byte[] encoded)
    {
        using var image = CascadeImages.Decode(encoded);
        var height = Options.Height ?? Rounded(image.Height);
        var natural = Rounded((double)image.Width * (Options.Height is null ? 1 : (double)height / image.Height));
        var width = Options.KeepsRatio ? natural : Options.Width ?? natural;
        using var sized = image.Resize((double)width / image.Width, vscale: (double)height / image.Height, kernel: Enums.Kernel.Linear);
        var kept = Math.Min(width, Options.Width ?? width);
        using var exact = sized.Gravity(Enums.CompassDirection.NorthWest, kept, height, extend: Enums.Extend.Copy);
        return (exact.WriteToMemory<byte>(), kept, height);
    }

    private int Rounded(double size) => Math.Max(Options.Multiple, (int)Math.Round(size / Options.Multiple) * Options.Multiple);

    private void Fill((byte[] Pixels, int Width, int Height) image, Span<float> plane, int height, int width)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var (mean, deviation) = (Options.Mean[channel], Options.StandardDeviation[channel]);
            for (var y = 0; y < image.Height; y++)
            {
                for (var x = 0; x < image.Width; x++)
                    plane[(((channel * height) + y) * width) + x] = ((image.Pixels[(((y * image.Width) + x) * 3) + channel] / 255f) - mean) / deviation;
            }
        }
    }
}
