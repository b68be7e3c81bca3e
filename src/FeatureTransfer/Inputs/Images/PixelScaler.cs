namespace FeatureTransfer.Inputs.Images;

/// <summary>Bytes of RGB pixels to scaled floats. A byte has 256 values, so each channel's formula is a table: exact, and one load a value.</summary>
internal sealed class PixelScaler
{
    private readonly float[][] _tables;
    private readonly int[] _sourceBands;
    private readonly TensorLayout _layout;

    public PixelScaler(ImageRecipe recipe)
    {
        _tables = [.. Enumerable.Range(0, 3).Select(channel => Table(recipe, channel))];
        _sourceBands = recipe.Channels == ChannelOrder.Rgb ? [0, 1, 2] : [2, 1, 0];
        _layout = recipe.Layout;
    }

    /// <summary>Scales (height, width, 3) bytes into a tensor of as many floats.</summary>
    public void Scale(ReadOnlySpan<byte> pixels, Span<float> tensor)
    {
        var area = pixels.Length / 3;
        for (var channel = 0; channel < 3; channel++)
        {
            if (_layout == TensorLayout.Nchw)
                ToPlane(pixels, _sourceBands[channel], _tables[channel], tensor.Slice(channel * area, area));
            else
                ToInterleaved(pixels, _sourceBands[channel], _tables[channel], tensor, channel);
        }
    }

    private static float[] Table(ImageRecipe recipe, int channel)
    {
        var table = new float[256];
        for (var value = 0; value < 256; value++)
            table[value] = ((value * recipe.Scale) - recipe.Mean[channel]) / recipe.Std[channel];
        return table;
    }

    private static void ToPlane(ReadOnlySpan<byte> pixels, int band, float[] table, Span<float> plane)
    {
        for (int target = 0, source = band; target < plane.Length; target++, source += 3)
            plane[target] = table[pixels[source]];
    }

    private static void ToInterleaved(ReadOnlySpan<byte> pixels, int band, float[] table, Span<float> tensor, int channel)
    {
        for (int target = channel, source = band; source < pixels.Length; target += 3, source += 3)
            tensor[target] = table[pixels[source]];
    }
}
