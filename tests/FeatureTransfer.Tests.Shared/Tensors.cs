namespace FeatureTransfer.Tests.Shared;

/// <summary>Small tensor arithmetic for comparisons.</summary>
internal static class Tensors
{
    /// <summary>(height, width, channels) bytes as (channels, height, width) floats of 0 to 1.</summary>
    public static float[] ChannelsFirst(byte[] pixels, int size)
    {
        var result = new float[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            result[(i % 3 * size * size) + (i / 3)] = pixels[i] / 255f;
        return result;
    }

    /// <summary>(1, channels, height, width) as (1, height, width, channels) of the given shape.</summary>
    public static float[] ChannelsLast(float[] values, int[] shape)
    {
        var (area, channels) = (shape[1] * shape[2], shape[3]);
        var result = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            result[(i % area * channels) + (i / area)] = values[i];
        return result;
    }

    /// <summary>Euclidean distance over the length of the expected vector, which is infinite where a number is none.</summary>
    public static double RelativeDistance(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length));
        double distance = 0, length = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            distance += Math.Pow(actual[i] - (double)expected[i], 2);
            length += Math.Pow(expected[i], 2);
        }

        return distance == 0 ? 0 : Bounded(Math.Sqrt(distance / length));
    }

    /// <summary>Largest difference of two values over the largest expected value, which is infinite where a number is none.</summary>
    public static double LargestDifference(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        double difference = 0, largest = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs(actual[i] - (double)expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return difference == 0 ? 0 : Bounded(difference / largest);
    }

    /// <summary>A distance to compare with a limit: what is not a number counts as less than any, so it becomes infinite.</summary>
    public static double Bounded(double distance) => double.IsNaN(distance) ? double.PositiveInfinity : distance;
}
