namespace FeatureTransfer.Tests.Inputs.Images;

public class RowResamplerTests
{
    private static byte[] Noise(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        new Random(5).NextBytes(rgb);
        return rgb;
    }

    [Test]
    public void Push_NoiseOfAnySize_IsTheReferenceToTheByte(
        [Values] Interpolation interpolation, [Values("37x29>16x16", "5x4>23x31", "4x5>31x23", "90x7>9x40", "64x64>64x64", "1x1>3x5", "300x2>7x2")] string sizes)
    {
        var (from, to) = (Size(sizes.Split('>')[0]), Size(sizes.Split('>')[1]));
        var rgb = Noise(from.Width, from.Height);
        var exact = Reference(interpolation, rgb, from, to);
        var resized = Resize(interpolation, rgb, from, to, new(0, 0, to.Width, to.Height));
        // Sums in single precision: at a half, either neighbour is right.
        for (var i = 0; i < exact.Length; i++)
            Assert.That((double)resized[i], Is.EqualTo(Math.Clamp(exact[i], 0, 255)).Within(0.5001), $"value {i}");
    }

    [Test]
    public void Push_Window_IsCutOutOfTheWhole([Values] Interpolation interpolation)
    {
        var (from, to) = ((Width: 61, Height: 50), (Width: 40, Height: 33));
        var window = new System.Drawing.Rectangle(7, 5, 20, 21);
        var whole = Resize(interpolation, Noise(61, 50), from, to, new(0, 0, 40, 33));
        var cut = Resize(interpolation, Noise(61, 50), from, to, window);
        for (var y = 0; y < window.Height; y++)
        {
            var expected = whole.AsSpan((((window.Y + y) * to.Width) + window.X) * 3, window.Width * 3).ToArray();
            Assert.That(cut.AsSpan(y * window.Width * 3, window.Width * 3).ToArray(), Is.EqualTo(expected), $"row {y}");
        }
    }

    [TestCase(Interpolation.Bilinear, 0.5, 0.5)]
    [TestCase(Interpolation.Bicubic, 0.5, 0.5625)]
    [TestCase(Interpolation.Bicubic, 1.5, -0.0625)]
    [TestCase(Interpolation.Lanczos3, 0.5, 0.6079271)]
    [TestCase(Interpolation.Lanczos3, 3, 0)]
    public void Weight_Kernel_IsAsPublished(Interpolation interpolation, double distance, double weight) =>
        Assert.That(ResampleKernel.Weight(interpolation, distance), Is.EqualTo(weight).Within(1e-7));

    [Test]
    public void MostOpen_GiantReduction_StaysFew() =>
        Assert.That(ResampleAxis.Of(Interpolation.Bilinear, 12000, 224, 0, 224).MostOpen, Is.LessThanOrEqualTo(4));

    private static (int Width, int Height) Size(string text)
    {
        var parts = text.Split('x').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return (parts[0], parts[1]);
    }

    private static byte[] Resize(Interpolation interpolation, byte[] rgb, (int Width, int Height) from, (int Width, int Height) to, System.Drawing.Rectangle window)
    {
        var across = ResampleAxis.Of(interpolation, from.Width, to.Width, window.X, window.Width);
        var down = ResampleAxis.Of(interpolation, from.Height, to.Height, window.Y, window.Height);
        using var resampler = new RowResampler(across, down);
        var result = new byte[window.Width * window.Height * 3];
        for (var y = down.Begin; y < down.End; y++)
            resampler.Push(y, rgb.AsSpan(((y * from.Width) + across.Begin) * 3, (across.End - across.Begin) * 3), result);
        return result;
    }

    // The definition, without windows, tables or order: every source pixel is weighed for every pixel of the result.
    private static double[] Reference(Interpolation interpolation, byte[] rgb, (int Width, int Height) from, (int Width, int Height) to)
    {
        var result = new double[to.Width * to.Height * 3];
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y, band) = (i / 3 % to.Width, i / 3 / to.Width, i % 3);
            var (sum, total) = (0.0, 0.0);
            for (var sourceY = 0; sourceY < from.Height; sourceY++)
            {
                var down = Weight(interpolation, sourceY, y, from.Height, to.Height);
                for (var sourceX = 0; down != 0 && sourceX < from.Width; sourceX++)
                {
                    var weight = down * Weight(interpolation, sourceX, x, from.Width, to.Width);
                    sum += weight * rgb[(((sourceY * from.Width) + sourceX) * 3) + band];
                    total += weight;
                }
            }

            result[i] = sum / total;
        }

        return result;
    }

    private static double Weight(Interpolation interpolation, int source, int target, int from, int to)
    {
        var centre = (target + 0.5) * from / to;
        if (interpolation == Interpolation.Nearest)
            return (int)centre == source ? 1 : 0;
        return ResampleKernel.Weight(interpolation, (source + 0.5 - centre) / Math.Max(1, (double)from / to));
    }
}
