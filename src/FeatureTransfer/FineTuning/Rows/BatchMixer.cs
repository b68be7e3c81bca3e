using System.Numerics.Tensors;

namespace FeatureTransfer.FineTuning;

/// <summary>Mixes the rows of a batch with one another: mixup and cutmix.</summary>
internal sealed class BatchMixer(MixOptions options, IReadOnlyList<PartInput> inputs, bool channelsLast)
{
    /// <summary>Mixes a batch in place, and its labels with it; another random generator, another mixture.</summary>
    public void Mix(TrainingBatch batch, Random random)
    {
        if (!options.IsOn || batch.Rows < 2 || random.NextDouble() >= options.Probability)
            return;
        var partners = Enumerable.Range(0, batch.Rows).ToArray();
        random.Shuffle(partners);
        var cuts = options.CutmixAlpha > 0 && (options.MixupAlpha <= 0 || random.Next(2) == 1);
        var share = (float)(cuts ? Cutmix(batch, partners, random) : Mixup(batch, partners, random));
        Blend(batch.Targets, batch.Rows * batch.Outputs, partners, share);
    }

    private double Mixup(TrainingBatch batch, int[] partners, Random random)
    {
        var share = Randomness.Beta(random, options.MixupAlpha);
        for (var i = 0; i < inputs.Count; i++)
            Blend(batch.Inputs[i], batch.Rows * inputs[i].Length, partners, (float)share);
        return share;
    }

    // share x row + (1 - share) x partner.
    private static void Blend(float[] values, int length, int[] partners, float share)
    {
        var row = length / partners.Length;
        var before = values.AsSpan(0, length).ToArray();
        for (var i = 0; i < partners.Length; i++)
        {
            var target = values.AsSpan(i * row, row);
            TensorPrimitives.Multiply(before.AsSpan(i * row, row), share, target);
            TensorPrimitives.MultiplyAdd(before.AsSpan(partners[i] * row, row), 1 - share, target, target);
        }
    }

    // A box of the partner's; the labels follow the area that the box really has.
    private double Cutmix(TrainingBatch batch, int[] partners, Random random)
    {
        var edge = Math.Sqrt(1 - Randomness.Beta(random, options.CutmixAlpha));
        var (x, y) = (random.NextDouble(), random.NextDouble());
        var share = 1.0;
        for (var i = 0; i < inputs.Count; i++)
        {
            var map = MapOf(inputs[i]);
            var (left, right) = Span(x, edge, map.Width);
            var (top, bottom) = Span(y, edge, map.Height);
            Paste(batch.Inputs[i], inputs[i].Length, map, partners, (left, right, top, bottom));
            if (i == 0)
                share = 1 - ((right - left) * (double)(bottom - top) / (map.Width * map.Height));
        }

        return share;
    }

    private static (int From, int To) Span(double centre, double edge, int size) => (
        (int)Math.Clamp((centre - (edge / 2)) * size, 0, size),
        (int)Math.Clamp((centre + (edge / 2)) * size, 0, size));

    private static void Paste(float[] values, int row, Map map, int[] partners, (int Left, int Right, int Top, int Bottom) box)
    {
        var before = values.AsSpan(0, partners.Length * row).ToArray();
        var run = map.Step * (box.Right - box.Left);
        for (var i = 0; i < partners.Length; i++)
        {
            for (var plane = 0; plane < map.Planes; plane++)
            {
                for (var line = box.Top; line < box.Bottom; line++)
                {
                    var offset = (((plane * map.Height) + line) * map.Width * map.Step) + (box.Left * map.Step);
                    before.AsSpan((partners[i] * row) + offset, run).CopyTo(values.AsSpan((i * row) + offset));
                }
            }
        }
    }

    private Map MapOf(PartInput input) => input.RowShape switch
    {
        [var height, var width, var channels] when channelsLast => new Map(1, height, width, channels),
        [var channels, var height, var width] => new Map(channels, height, width, 1),
        _ => throw new FeatureTransferException($"Cutmix needs maps (channels, height, width) where the trainable part begins, and '{input.Name}' is ({string.Join(", ", input.RowShape)}). Mix the images, or use mixup."),
    };

    /// <summary>How a row lies in memory: planes of lines of pixels of <paramref name="Step"/> numbers.</summary>
    private readonly record struct Map(int Planes, int Height, int Width, int Step);
}
