namespace FeatureTransfer.Tests.Inputs.Images;

public class PixelScalerTests
{
    // The second preprocessing's deviations have exact reciprocals, the third's do not; both are to give what the formula gives, to the bit.
    private static IEnumerable<ImagePreprocessing> Recipes()
    {
        foreach (var layout in Enum.GetValues<TensorLayout>())
        {
            foreach (var order in Enum.GetValues<ChannelOrder>())
            {
                var preprocessing = new ImagePreprocessing { Layout = layout, Channels = order };
                yield return preprocessing;
                yield return preprocessing with { Scale = 1 / 127.5f, Mean = [1, 0.5f, -1], Std = [0.5f, 1, -2] };
                yield return preprocessing with { Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };
            }
        }
    }

    [TestCaseSource(nameof(Recipes))]
    public void Scale_EverySizeAndByte_IsTheFormulaToTheBit(ImagePreprocessing preprocessing)
    {
        foreach (var area in (int[])[1, 2, 3, 5, 15, 16, 17, 31, 48, 49, 257, 1000])
        {
            var pixels = new byte[area * 3];
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(i * 7);
            var tensor = new float[pixels.Length];
            new PixelScaler(preprocessing).Scale(pixels, tensor);
            Assert.That(tensor, Is.EqualTo(Expected(preprocessing, pixels)), $"{area} pixels");
        }
    }

    // Long planes are stored past the cache where they are aligned; eight starts in a row hold those that are and those that are not.
    [Test]
    public void Scale_LongPlanes_AreTheFormulaToTheBitWhereverTheyStart([Values(1 << 14, (1 << 14) + 1, (1 << 14) + 24)] int area, [Range(0, 7)] int start)
    {
        var preprocessing = new ImagePreprocessing { Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };
        var pixels = new byte[area * 3];
        new Random(start).NextBytes(pixels);
        var tensor = GC.AllocateArray<float>(pixels.Length + start + 8, pinned: true);
        new PixelScaler(preprocessing).Scale(pixels, tensor.AsSpan(start));
        Assert.That(tensor.AsSpan(start, pixels.Length).SequenceEqual(Expected(preprocessing, pixels)));
        Assert.That(tensor.Take(start).Concat(tensor.Skip(start + pixels.Length)), Is.All.Zero);
    }

    [Test]
    public void Scale_LongerTensor_LeavesTheRest()
    {
        var tensor = Enumerable.Repeat(-1f, 60).ToArray();
        new PixelScaler(new ImagePreprocessing()).Scale(new byte[51], tensor);
        Assert.That(tensor[51..], Is.All.EqualTo(-1f));
    }

    [TestCase(0.5f, true)]
    [TestCase(1f, true)]
    [TestCase(0.229f, false)]
    public void ReciprocalIsExact_Std_SaysWhetherItIs(float std, bool exact) =>
        Assert.That(new ChannelScale(1 / 255f, 0.485f, std).ReciprocalIsExact, Is.EqualTo(exact));

    private static float[] Expected(ImagePreprocessing preprocessing, byte[] pixels)
    {
        var area = pixels.Length / 3;
        var tensor = new float[pixels.Length];
        for (var i = 0; i < area; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var pixel = pixels[(i * 3) + (preprocessing.Channels == ChannelOrder.Rgb ? channel : 2 - channel)];
                var at = preprocessing.Layout == TensorLayout.Nchw ? (channel * area) + i : (i * 3) + channel;
                tensor[at] = ((pixel * preprocessing.Scale) - preprocessing.Mean[channel]) / preprocessing.Std[channel];
            }
        }

        return tensor;
    }
}
