using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

public class RandomErasingTests
{
    private const int Width = 48, Height = 32;

    private static ImagePreprocessing Preprocessing(TensorLayout layout) => new() { Width = Width, Height = Height, Layout = layout };

    private static float[] Erased(RandomErasing erasing, TensorLayout layout, ulong seed)
    {
        var preprocessing = Preprocessing(layout);
        var tensor = new float[preprocessing.TensorLength];
        tensor.AsSpan().Fill(5);
        erasing.Erase(tensor, preprocessing, new AugmentationRandom(seed));
        return tensor;
    }

    [Test]
    public void Erase_ManySeeds_WipesOneRectangleInItsRange([Values] TensorLayout layout)
    {
        var erasing = new RandomErasing { Probability = 1, MinArea = 0.1, MaxArea = 0.3, MinRatio = 0.5, MaxRatio = 2 };
        for (var seed = 0UL; seed < 200; seed++)
        {
            var tensor = Erased(erasing, layout, seed);
            var places = Enumerable.Range(0, tensor.Length).Where(i => tensor[i] == 0).Select(i => Place(i, layout)).ToList();
            var (columns, rows) = (places.Select(place => place.X).Distinct().Order().ToList(), places.Select(place => place.Y).Distinct().Order().ToList());
            Assert.Multiple(() =>
            {
                Assert.That(places, Has.Count.EqualTo(columns.Count * rows.Count * 3), "a whole rectangle in all channels");
                Assert.That((columns[^1] - columns[0], rows[^1] - rows[0]), Is.EqualTo((columns.Count - 1, rows.Count - 1)), "without gaps");
                Assert.That(columns.Count * rows.Count / (double)(Width * Height), Is.InRange(0.1, 0.3));
                Assert.That((double)columns.Count / rows.Count, Is.InRange(0.45, 2.2));
                Assert.That(tensor.Count(value => value == 5), Is.EqualTo(tensor.Length - places.Count));
            });
        }
    }

    [Test]
    public void Erase_Noise_IsStandardNormal([Values] TensorLayout layout)
    {
        var erasing = new RandomErasing { Probability = 1, Fill = ErasingFill.Noise };
        var noise = Enumerable.Range(0, 60).SelectMany(seed => Erased(erasing, layout, (ulong)seed).Where(value => value != 5)).Select(value => (double)value).ToList();
        var mean = noise.Average();
        Assert.That(mean, Is.EqualTo(0).Within(0.03));
        Assert.That(noise.Average(value => (value - mean) * (value - mean)), Is.EqualTo(1).Within(0.03));
    }

    [Test]
    public void Erase_HalfTheTime_IsAboutHalf()
    {
        var wiped = Enumerable.Range(0, 1000).Count(seed => Erased(new RandomErasing(), TensorLayout.Nchw, AugmentationSeed.Of(1, 0, seed)).Contains(0));
        Assert.That(wiped, Is.InRange(440, 560));
    }

    [Test]
    public void Read_Erasing_WorksOnTheScaledTensor()
    {
        var preprocessing = Preprocessing(TensorLayout.Nchw) with { Mean = [0.5f, 0.5f, 0.5f], Std = [0.25f, 0.25f, 0.25f] };
        var tensor = AugmentedPixels.Read(TestImages.SolidPng(Width, Height, 255, 255, 255), preprocessing, 8, new RandomErasing { Probability = 1 });
        Assert.That(tensor.Distinct(), Is.EquivalentTo(new[] { 0f, 2f }));
    }

    private static (int X, int Y) Place(int i, TensorLayout layout)
    {
        var pixel = layout == TensorLayout.Nchw ? i % (Width * Height) : i / 3;
        return (pixel % Width, pixel / Width);
    }
}
