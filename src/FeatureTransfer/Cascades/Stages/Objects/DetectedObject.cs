namespace FeatureTransfer.Cascades;

/// <summary>A box around something, in any unit of length.</summary>
internal readonly record struct DetectedObject(float Left, float Top, float Right, float Bottom, float Score, int Class)
{
    private float Area => Math.Max(0, Right - Left) * Math.Max(0, Bottom - Top);

    /// <summary>Intersection over union with another box: 0 where they are apart, 1 where they are the same.</summary>
    public float Overlap(DetectedObject other)
    {
        var (width, height) = (Math.Min(Right, other.Right) - Math.Max(Left, other.Left), Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));
        return width <= 0 || height <= 0 ? 0 : width * height / (Area + other.Area - (width * height));
    }

    /// <summary>The box in other units, cut at the edges of an image.</summary>
    public DetectedObject Scaled(float x, float y, int width, int height) => this with
    {
        Left = Math.Clamp(Left * x, 0, width),
        Top = Math.Clamp(Top * y, 0, height),
        Right = Math.Clamp(Right * x, 0, width),
        Bottom = Math.Clamp(Bottom * y, 0, height),
    };

    /// <summary>
    /// The best of overlapping boxes, by falling score: greedy suppression of those that are not the maximum.
    /// </summary>
    public static List<DetectedObject> Best(IEnumerable<DetectedObject> found, ObjectDetectorOptions options)
    {
        var kept = new List<DetectedObject>();
        foreach (var next in found.OrderByDescending(one => one.Score))
        {
            if (kept.Count == options.MaxObjects)
                break;
            if (!kept.Exists(better => (options.SuppressesAcrossLabels || better.Class == next.Class) && better.Overlap(next) > options.MaxOverlap))
                kept.Add(next);
        }

        return kept;
    }
}
