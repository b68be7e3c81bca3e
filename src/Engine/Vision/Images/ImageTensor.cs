using LibVips;

namespace Microsoft.ML.Vision;

/// <summary>Encoded images to a network's input.</summary>
internal static class ImageTensor
{
    // A loader's own reduction is coarse; leaving at least twice the wanted size to the real kernel hides that.
    private const int ShrinkReserve = 2;

    /// <summary>Decodes, turns upright by the file's orientation, brings to size and scales.</summary>
    /// <exception cref="VipsException">The bytes are no image that can be decoded.</exception>
    public static void Read(ReadOnlySpan<byte> encoded, ImageInput input, Span<float> tensor)
    {
        using var upright = Open(encoded, input);
        using var colours = ToRgb(upright, input);
        using var sized = ToSize(colours, input);
        using var bytes = sized.Cast(VipsBandFormat.UChar);
        using var pixels = bytes.WriteToMemory();
        Scale(pixels.Span, input, tensor);
    }

    // Turning needs pixels in any order; without, rows are decoded as they are wanted.
    private static VipsImage Open(ReadOnlySpan<byte> encoded, ImageInput input)
    {
        string loader = VipsImage.FindLoader(encoded) ?? throw new VipsException("buffer is not in a known format");
        var image = VipsImage.FromBuffer(encoded, loader, sequential: true);
        int shrink = loader.Contains("jpeg", StringComparison.OrdinalIgnoreCase) ? Shrink(image, input) : 1;
        bool isTurned = image.Orientation != 1;
        if (shrink == 1 && !isTurned)
            return image;
        image.Dispose();
        image = VipsImage.FromBuffer(encoded, loader, sequential: !isTurned, shrink: shrink);
        if (!isTurned)
            return image;
        using (image)
            return image.AutoRotate();
    }

    private static int Shrink(VipsImage image, ImageInput input) =>
        (Math.Min(image.Width, image.Height) * input.CropFraction / Math.Max(input.Width, input.Height)) switch
        {
            >= 8 * ShrinkReserve => 8,
            >= 4 * ShrinkReserve => 4,
            >= 2 * ShrinkReserve => 2,
            _ => 1,
        };

    private static VipsImage ToRgb(VipsImage image, ImageInput input)
    {
        var colours = image.ToColourspace(VipsInterpretation.Srgb);
        if (!colours.HasAlpha)
            return colours;
        using (colours)
            return colours.Flatten(Background(input));
    }

    private static VipsImage ToSize(VipsImage image, ImageInput input)
    {
        if (image.Width == input.Width && image.Height == input.Height && (input.Fit != ImageFit.Crop || input.CropFraction == 1))
            return image.Cast(VipsBandFormat.UChar);
        // libvips's kernels have few bits on bytes.
        using var exact = image.Cast(VipsBandFormat.Float);
        var (width, height) = ResizedSize(image.Width, image.Height, input);
        using var resized = exact.Resize(width, height, input.Kernel);
        using var whole = resized.Round();
        var (left, top) = ((input.Width - width) / 2, (input.Height - height) / 2);
        return input.Fit == ImageFit.Crop
            ? whole.Extract(-left, -top, input.Width, input.Height)
            : whole.Embed(left, top, input.Width, input.Height, Background(input));
    }

    private static (int Width, int Height) ResizedSize(int width, int height, ImageInput input)
    {
        if (input.Fit == ImageFit.Stretch)
            return (input.Width, input.Height);
        if (input.Fit == ImageFit.Pad)
        {
            double inside = Math.Min((double)input.Width / width, (double)input.Height / height);
            return (Math.Clamp((int)Math.Round(width * inside), 1, input.Width), Math.Clamp((int)Math.Round(height * inside), 1, input.Height));
        }
        double cover = Math.Max(input.Width / input.CropFraction / width, input.Height / input.CropFraction / height);
        return (Math.Max(input.Width, (int)Math.Round(width * cover)), Math.Max(input.Height, (int)Math.Round(height * cover)));
    }

    private static double[] Background(ImageInput input) =>
        [(input.Background >> 16) & 0xFF, (input.Background >> 8) & 0xFF, input.Background & 0xFF];

    private static void Scale(ReadOnlySpan<byte> pixels, ImageInput input, Span<float> tensor)
    {
        int plane = input.Height * input.Width;
        var (stride, step) = input.IsChannelsLast ? (1, 3) : (plane, 1);
        for (int channel = 0; channel < 3; channel++)
        {
            int band = input.IsBgr ? 2 - channel : channel;
            var (mean, std) = (input.Mean[channel], input.Std[channel]);
            for (int i = 0; i < plane; i++)
                tensor[(channel * stride) + (i * step)] = ((pixels[(3 * i) + band] * input.Scale) - mean) / std;
        }
    }
}
