namespace FeatureTransfer.Cascades;

/// <summary>Reads the maps of CenterNet (Zhou and others 2019, arXiv:1904.07850): an object is where a class's heatmap has a peak.</summary>
internal static class CenterNetPeaks
{
    /// <summary>The objects, in cells of the maps, class by class.</summary>
    /// <param name="heatmap">How sure each class is of a centre: (1, classes, height, width), 0 to 1.</param>
    /// <param name="sides">How far the left, upper, right and lower sides lie from a centre, in pixels: (1, 4, height, width).</param>
    /// <param name="stride">Pixels in a cell.</param>
    /// <param name="wanted">Whether a class is wanted.</param>
    /// <param name="minScore">What a peak has to reach.</param>
    public static IEnumerable<DetectedObject> Find(CascadeTensor heatmap, CascadeTensor sides, float stride, Func<int, bool> wanted, float minScore)
    {
        var (classes, height, width) = (heatmap.Shape[1], heatmap.Shape[2], heatmap.Shape[3]);
        for (var cell = 0; cell < classes * height * width; cell++)
        {
            var score = heatmap.Values.Span[cell];
            if (score < minScore || !wanted(cell / (height * width)))
                continue;
            var (label, y, x) = (cell / (height * width), cell / width % height, cell % width);
            if (!IsPeak(heatmap.Values.Span.Slice(label * height * width, height * width), width, x, y))
                continue;
            float Side(int side) => sides.Values.Span[(((side * height) + y) * width) + x] / stride;
            yield return new DetectedObject(x - Side(0), y - Side(1), x + Side(2), y + Side(3), score, label);
        }
    }

    private static bool IsPeak(ReadOnlySpan<float> map, int width, int x, int y)
    {
        var (score, height) = (map[(y * width) + x], map.Length / width);
        for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
            {
                if (map[(row * width) + column] > score)
                    return false;
            }
        }

        return true;
    }
}
