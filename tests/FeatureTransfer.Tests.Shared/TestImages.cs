using FeatureTransfer.Inputs.Images;
using NetVips;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Images of known content, made by libvips.</summary>
internal static class TestImages
{
    /// <summary>One colour, 8 bits, as many bands as numbers.</summary>
    public static Image Solid(int width, int height, params byte[] pixel)
    {
        var bytes = new byte[width * height * pixel.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = pixel[i % pixel.Length];
        return Of(bytes, width, height, pixel.Length, pixel.Length < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }

    /// <summary>Pixels, (height, width, bands), of that meaning.</summary>
    public static Image Of(
        byte[] pixels, int width, int height, int bands, Enums.Interpretation meaning = Enums.Interpretation.Srgb, Enums.BandFormat format = Enums.BandFormat.Uchar)
    {
        using var raw = Image.NewFromMemory(pixels, width, height, bands, format);
        return raw.Copy(interpretation: meaning);
    }

    /// <summary>What compresses worst: 8 bits of noise, in RGB.</summary>
    public static byte[] NoisePng(int width, int height, Random random)
    {
        var pixels = new byte[width * height * 3];
        random.NextBytes(pixels);
        using var image = Of(pixels, width, height, 3);
        return image.PngsaveBuffer();
    }

    public static byte[] SolidPng(int width, int height, params byte[] pixel)
    {
        using var image = Solid(width, height, pixel);
        return image.PngsaveBuffer();
    }

    /// <summary>A PNG of RGB pixels given row by row.</summary>
    public static byte[] Png(int width, int height, byte[] rgb, int orientation = 1)
    {
        using var image = Of(rgb, width, height, 3);
        using var turned = image.Mutate(fields => fields.Set(GValue.GIntType, "orientation", orientation));
        return turned.PngsaveBuffer();
    }

    /// <summary>Smooth colour ramps, different in x and y: what resizing may blur but not move.</summary>
    public static byte[] Ramp(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y * width) + x) * 3;
                rgb[at] = (byte)(255.0 * x / Math.Max(1, width - 1));
                rgb[at + 1] = (byte)(255.0 * y / Math.Max(1, height - 1));
                rgb[at + 2] = 60;
            }
        }
        return rgb;
    }

    /// <summary>The preprocessing that gives the bytes themselves: no scaling, (height, width, 3).</summary>
    public static ImagePreprocessing Bytes(int width, int height) =>
        new() { Width = width, Height = height, Scale = 1, Layout = TensorLayout.Nhwc };

    public static float[] Read(ImagePreprocessing preprocessing, byte[] encoded)
    {
        var tensor = new float[preprocessing.TensorLength];
        new ImagePreprocessor(preprocessing).Read(encoded, tensor, "test image");
        return tensor;
    }
}
