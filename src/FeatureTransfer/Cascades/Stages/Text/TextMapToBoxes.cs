namespace FeatureTransfer.Cascades;

/// <summary>
/// Finds lines of text in the map of a segmenting detector (Liao and others 2020, arXiv:1911.08947): connected areas above a threshold, grown by
/// what the detector was trained to shrink them, from top to bottom and left to right. Boxes are upright: the lines have to be level.
/// </summary>
public sealed class TextMapToBoxes : CascadeStage
{
    private const float PixelThreshold = 0.3f;
    private const float BoxThreshold = 0.6f;
    private const float Unclip = 1.5f;
    private const int SmallestSide = 3;

    /// <summary>Creates the adapter.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="image">The image, whose size the boxes are scaled to.</param>
    /// <param name="map">The map: a tensor (1, 1, height, width) of probabilities.</param>
    /// <param name="boxes">The boxes that it gives.</param>
    public TextMapToBoxes(string name, string image, string map, string boxes)
        : base(name, [new(image, CascadeKind.Image), new(map, CascadeKind.Tensor) { Shape = [null, 1, null, null] }], [new(boxes, CascadeKind.Boxes)]) => (Image, Map, Boxes) = (image, map, boxes);

    /// <summary>The image, whose size the boxes are scaled to.</summary>
    public string Image { get; }

    /// <summary>The map.</summary>
    public string Map { get; }

    /// <summary>The boxes that it gives.</summary>
    public string Boxes { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var map = (CascadeTensor)inputs[1];
        using var image = CascadeImages.Decode((byte[])inputs[0]);
        var (height, width) = (map.Shape[2], map.Shape[3]);
        var (scaleX, scaleY) = ((float)image.Width / width, (float)image.Height / height);
        var boxes = Areas(map.Values.Span, width, height)
            .Where(area => area.Score >= BoxThreshold && area.Width >= SmallestSide && area.Height >= SmallestSide)
            .Select(area => area.Grown(Unclip))
            .OrderBy(area => area.Top + area.Bottom).ThenBy(area => area.Left)
            .SelectMany(area => (float[])[area.Left * scaleX, area.Top * scaleY, area.Right * scaleX, area.Bottom * scaleY]).ToArray();
        return [new CascadeTensor(boxes, boxes.Length / 4, 4)];
    }

    private static List<Area> Areas(ReadOnlySpan<float> map, int width, int height)
    {
        var (seen, areas, open) = (new bool[map.Length], new List<Area>(), new Stack<int>());
        for (var start = 0; start < map.Length; start++)
        {
            if (seen[start] || map[start] <= PixelThreshold)
                continue;
            var (left, top, right, bottom, sum, count) = (width, height, 0, 0, 0f, 0);
            seen[start] = true;
            open.Push(start);
            while (open.TryPop(out var pixel))
            {
                var (x, y) = (pixel % width, pixel / width);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                (sum, count) = (sum + map[pixel], count + 1);
                Push(map, seen, open, pixel - 1, x > 0);
                Push(map, seen, open, pixel + 1, x < width - 1);
                Push(map, seen, open, pixel - width, y > 0);
                Push(map, seen, open, pixel + width, y < height - 1);
            }

            areas.Add(new Area(left, top, right, bottom, sum / count));
        }

        return areas;
    }

    private static void Push(ReadOnlySpan<float> map, bool[] seen, Stack<int> open, int pixel, bool isInside)
    {
        if (!isInside || seen[pixel] || map[pixel] <= PixelThreshold)
            return;
        seen[pixel] = true;
        open.Push(pixel);
    }

    private readonly record struct Area(float Left, float Top, float Right, float Bottom, float Score)
    {
        public float Width => Right - Left;

        public float Height => Bottom - Top;

        // By the area over the length of the edge.
        public Area Grown(float ratio)
        {
            var by = Width * Height * ratio / (2 * (Width + Height));
            return new Area(Left - by, Top - by, Right + by, Bottom + by, Score);
        }
    }
}
