using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

/// <summary>Runs operations on pixels that are known.</summary>
internal static class AugmentedPixels
{
    public static byte[] Noise(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        new Random(9).NextBytes(rgb);
        return rgb;
    }

    /// <summary>One colour all over.</summary>
    public static byte[] Solid(int width, int height, params byte[] colour) => [.. Enumerable.Range(0, width * height).SelectMany(_ => colour)];

    /// <summary>What operations make of pixels, through a PNG file and back to bytes.</summary>
    public static byte[] Run(byte[] rgb, int width, int height, ulong seed, params AugmentationOperation[] operations) =>
        [.. Read(TestImages.Png(width, height, rgb), TestImages.Bytes(width, height), seed, operations).Select(value => checked((byte)value))];

    /// <summary>The tensor of an encoded image.</summary>
    public static float[] Read(byte[] encoded, ImagePreprocessing preprocessing, ulong seed, params AugmentationOperation[] operations)
    {
        var tensor = new float[preprocessing.TensorLength];
        new Augmenter(AugmentationPlan.Of(operations), preprocessing).Read(encoded, seed, tensor, "test image");
        return tensor;
    }

    /// <summary>Changes pixels by a part of the library itself.</summary>
    public static byte[] Change(byte[] rgb, int width, int height, Action<PixelImage> change)
    {
        byte[] copy = [.. rgb];
        change(new PixelImage(copy, new ImagePreprocessing { Width = width, Height = height, Background = 0x102030 }));
        return copy;
    }
}
