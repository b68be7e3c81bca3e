using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

public class GeometryTests
{
    private const int Width = 7, Height = 5;

    private static byte[] Moved(byte[] rgb, Func<int, int, (int X, int Y)> from, int width = Width, int height = Height)
    {
        var moved = new byte[rgb.Length];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = from(i % width, i / width);
            rgb.AsSpan(((y * width) + x) * 3, 3).CopyTo(moved.AsSpan(i * 3));
        }

        return moved;
    }

    [Test]
    public void HorizontalFlip_Always_IsTheMirrorImage()
    {
        var rgb = AugmentedPixels.Noise(Width, Height);
        var flipped = AugmentedPixels.Run(rgb, Width, Height, 1, new HorizontalFlip { Probability = 1 });
        Assert.That(flipped, Is.EqualTo(Moved(rgb, (x, y) => (Width - 1 - x, y))));
    }

    [Test]
    public void VerticalFlip_Always_IsUpsideDown()
    {
        var rgb = AugmentedPixels.Noise(Width, Height);
        var flipped = AugmentedPixels.Run(rgb, Width, Height, 1, new VerticalFlip { Probability = 1 });
        Assert.That(flipped, Is.EqualTo(Moved(rgb, (x, y) => (x, Height - 1 - y))));
    }

    [Test]
    public void Flip_Twice_IsTheImageItself()
    {
        var rgb = AugmentedPixels.Noise(Width, Height);
        var (across, down) = (new HorizontalFlip { Probability = 1 }, new VerticalFlip { Probability = 1 });
        Assert.That(AugmentedPixels.Run(rgb, Width, Height, 1, across, down, across, down), Is.EqualTo(rgb));
    }

    [Test]
    public void Turn_QuarterOfASquare_MovesEachPixelWhole([Values] BorderFill fill)
    {
        var rgb = AugmentedPixels.Noise(6, 6);
        var turned = AugmentedPixels.Change(rgb, 6, 6, image => AffineMove.Turn(90).Apply(image, fill));
        // Counter-clockwise: what was at the right edge is at the top.
        Assert.That(turned, Is.EqualTo(Moved(rgb, (x, y) => (5 - y, x), 6, 6)).Within(1));
    }

    [Test]
    public void Turn_Half_IsBothFlips()
    {
        var rgb = AugmentedPixels.Noise(Width, Height);
        var turned = AugmentedPixels.Change(rgb, Width, Height, image => AffineMove.Turn(180).Apply(image, BorderFill.Background));
        Assert.That(turned, Is.EqualTo(Moved(rgb, (x, y) => (Width - 1 - x, Height - 1 - y))).Within(1));
    }

    [Test]
    public void Turn_EighthOfATurn_FillsCornersAndKeepsTheMiddle()
    {
        var rgb = AugmentedPixels.Solid(41, 41, 200, 100, 50);
        var turned = AugmentedPixels.Change(rgb, 41, 41, image => AffineMove.Turn(45).Apply(image, BorderFill.Background));
        Assert.Multiple(() =>
        {
            Assert.That(turned[..3], Is.EqualTo(new byte[] { 0x10, 0x20, 0x30 }), "a corner");
            Assert.That(turned.AsSpan(((20 * 41) + 20) * 3, 3).ToArray(), Is.EqualTo(new byte[] { 200, 100, 50 }), "the middle");
            // The side of the octagon that two squares share is 1 / (2 + sqrt 2) short of each corner: 0.8284 of the area stays.
            Assert.That(turned.Chunk(3).Count(pixel => pixel[0] > 128) / (41.0 * 41), Is.EqualTo(0.8284).Within(0.02));
        });
    }

    [Test]
    public void Turn_EdgeFill_LeavesOneColourAsItIs([Values(3, 45, 77, 180)] double degrees)
    {
        var rgb = AugmentedPixels.Solid(20, 30, 200, 100, 50);
        Assert.That(AugmentedPixels.Change(rgb, 20, 30, image => AffineMove.Turn(degrees).Apply(image, BorderFill.Edge)), Is.EqualTo(rgb));
    }

    [TestCase(2, 0)]
    [TestCase(0, -1)]
    public void Move_WholePixels_ShiftsAndFills(int right, int down)
    {
        var rgb = AugmentedPixels.Noise(Width, Height);
        var moved = AugmentedPixels.Change(rgb, Width, Height, image => new AffineMove(1, 0, 0, 1, right, down).Apply(image, BorderFill.Edge));
        Assert.That(moved, Is.EqualTo(Moved(rgb, (x, y) => (Math.Clamp(x - right, 0, Width - 1), Math.Clamp(y - down, 0, Height - 1)))));
    }

    [Test]
    public void RandomResizedCrop_OfARamp_IsTheRampOfThatWindow([Range(1, 12)] int seed)
    {
        // Red is 0 to 255 from left to right, so the edges of a window can be read off its colours.
        const int Edge = 256, Size = 32;
        var crop = new RandomResizedCrop { MinScale = 0.3, MaxScale = 0.6 };
        var encoded = TestImages.Png(Edge, Edge, TestImages.Ramp(Edge, Edge));
        var pixels = AugmentedPixels.Read(encoded, TestImages.Bytes(Size, Size), (ulong)seed, crop);
        var (acrossStep, downStep) = ((pixels[(Size - 2) * 3] - pixels[3]) / (Size - 3), (pixels[(((Size - 2) * Size) * 3) + 1] - pixels[(Size * 3) + 1]) / (Size - 3));
        var (width, height) = (acrossStep * Size, downStep * Size);
        Assert.Multiple(() =>
        {
            Assert.That(width * height / (Edge * Edge), Is.InRange(0.3 * 0.98, 0.6 * 1.02), "area");
            Assert.That(width / height, Is.InRange(0.75 * 0.98, 4 / 3.0 * 1.02), "ratio");
            Assert.That(Straight(pixels, acrossStep, downStep, Size), Is.LessThan(1.1), "straight lines");
        });
    }

    [Test]
    public void Choose_ManySeeds_StaysInsideAndInRange()
    {
        var crop = new RandomResizedCrop { MinScale = 0.2, MaxScale = 0.9 };
        var preprocessing = new ImagePreprocessing { Width = 100, Height = 100 };
        var shares = new List<double>();
        for (var seed = 0UL; seed < 2000; seed++)
        {
            var plan = crop.Choose(preprocessing, 300, 200, new AugmentationRandom(seed));
            Assert.That(plan.Left >= 0 && plan.Top >= 0 && plan.Left + 100 <= plan.ResizedWidth && plan.Top + 100 <= plan.ResizedHeight, Is.True, $"{plan}");
            shares.Add(100.0 * 100 / plan.ResizedWidth / plan.ResizedHeight);
        }

        Assert.That(shares, Is.All.InRange(0.19, 0.91));
        Assert.That((shares.Min(), shares.Max()), Is.EqualTo((0.2, 0.9)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.05));
    }

    [Test]
    public void Choose_AllOfTheImage_IsAllOfIt()
    {
        var crop = new RandomResizedCrop { MinScale = 1, MaxScale = 1, MinRatio = 1.5, MaxRatio = 1.5 };
        var plan = crop.Choose(new ImagePreprocessing { Width = 64, Height = 48 }, 300, 200, new AugmentationRandom(3));
        Assert.That(plan, Is.EqualTo(new ImagePlan(64, 48, 0, 0, 64, 48)));
    }

    [Test]
    public void Choose_ImageTooLongForTheRatios_TakesTheMiddle()
    {
        var crop = new RandomResizedCrop { MinScale = 0.9, MaxScale = 1, MinRatio = 1, MaxRatio = 1 };
        var plan = crop.Choose(new ImagePreprocessing { Width = 10, Height = 10 }, 1000, 10, new AugmentationRandom(3));
        Assert.That(plan, Is.EqualTo(new ImagePlan(1000, 10, 495, 0, 10, 10)));
    }

    private static double Straight(float[] pixels, double acrossStep, double downStep, int size) => Enumerable.Range(0, size * size)
        .Where(i => i % size is > 0 and < 31 && i / size is > 0 and < 31)
        .Max(i => Math.Max(
            Math.Abs(pixels[i * 3] - pixels[3] - (acrossStep * ((i % size) - 1))),
            Math.Abs(pixels[(i * 3) + 1] - pixels[(size * 3) + 1] - (downStep * ((i / size) - 1)))));
}
