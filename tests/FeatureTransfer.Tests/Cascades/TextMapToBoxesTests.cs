using FeatureTransfer.Cascades;

namespace FeatureTransfer.Tests.Cascades;

public class TextMapToBoxesTests
{
    private const int Width = 12, Height = 10;

    [Test]
    public void Run_AreasOfAMap_AreGrownScaledAndPutInOrder()
    {
        var map = new float[Width * Height];
        Fill(map, 9, 0, 3, 6, 0.9f);
        // At the left edge, beginning where the row of the one at the right edge ends.
        Fill(map, 0, 1, 3, 3, 0.8f);
        Fill(map, 5, 1, 3, 3, 1);
        Fill(map, 4, 7, 4, 3, 0.7f);
        // Not sure enough, too narrow, and no more than the threshold of a pixel.
        Fill(map, 0, 6, 3, 3, 0.5f);
        Fill(map, 10, 7, 2, 3, 1);
        Fill(map, 3, 1, 1, 3, 0.3f);
        // Grown by 1.5 times the area over the edge: 1.125, 1.125, 1.5 and 9/7. A pixel of the map is 10 x 5 of the image.
        float[] expected =
        [
            -11.25f, -0.625f, 41.25f, 25.625f,
            38.75f, -0.625f, 91.25f, 25.625f,
            75, -7.5f, 135, 37.5f,
            27.142857f, 28.571428f, 92.857143f, 56.428571f,
        ];
        var boxes = Run(map);
        Assert.That(boxes.Shape, Is.EqualTo(new[] { 4, 4 }));
        Assert.That(boxes.Values.ToArray(), Is.EqualTo(expected).Within(1e-3));
    }

    [Test]
    public void Run_EmptyMap_GivesNoBoxes() => Assert.That(Run(new float[Width * Height]).Shape, Is.EqualTo(new[] { 0, 4 }));

    private static CascadeTensor Run(float[] map) =>
        (CascadeTensor)new TextMapToBoxes("find", "page", "map", "boxes").Run([TestImages.SolidPng(Width * 10, Height * 5, 1, 2, 3), new CascadeTensor(map, 1, 1, Height, Width)], CancellationToken.None)[0];

    private static void Fill(float[] map, int left, int top, int width, int height, float value)
    {
        for (var y = top; y < top + height; y++)
            map.AsSpan((y * Width) + left, width).Fill(value);
    }
}
