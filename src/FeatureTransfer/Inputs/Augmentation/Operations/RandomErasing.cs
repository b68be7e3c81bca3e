using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Wipes a random rectangle of the scaled tensor out (Zhong and others 2020, "Random erasing data augmentation"). It comes last. Where
/// ten rectangles did not fit, nothing is wiped.
/// </summary>
public sealed record RandomErasing : AugmentationOperation
{
    private const int Attempts = 10;

    /// <summary>How often, from 0 to 1. Default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    /// <summary>The least share of the area. Above 0. Default 0.02.</summary>
    public double MinArea { get; init; } = 0.02;

    /// <summary>The largest share of the area. At most 1. Default 0.33.</summary>
    public double MaxArea { get; init; } = 0.33;

    /// <summary>The least ratio of width to height. Above 0. Default 0.3.</summary>
    public double MinRatio { get; init; } = 0.3;

    /// <summary>The largest ratio of width to height. Default 3.3333333333333335.</summary>
    public double MaxRatio { get; init; } = 10 / 3.0;

    /// <summary>What the rectangle holds afterwards. Default <see cref="ErasingFill.Zero"/>.</summary>
    public ErasingFill Fill { get; init; } = ErasingFill.Zero;

    internal override string Kind => "randomErasing";

    internal override FormattableString Settings => $"{Probability},{MinArea},{MaxArea},{MinRatio},{MaxRatio},{Fill}";

    internal override IEnumerable<string> Faults() =>
    [
        .. AugmentationRules.Share(nameof(Probability), Probability),
        .. AugmentationRules.Range(nameof(MinArea), MinArea, nameof(MaxArea), MaxArea, 1),
        .. AugmentationRules.Range(nameof(MinRatio), MinRatio, nameof(MaxRatio), MaxRatio, 100),
        .. AugmentationRules.Known(nameof(Fill), Fill),
    ];

    /// <summary>Wipes the rectangle out of a tensor of the preprocessing's layout.</summary>
    internal void Erase(Span<float> tensor, ImagePreprocessing preprocessing, AugmentationRandom random)
    {
        if (!random.Chance(Probability))
            return;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = random.Uniform(MinArea, MaxArea) * preprocessing.Width * preprocessing.Height;
            var ratio = random.LogUniform(MinRatio, MaxRatio);
            var (width, height) = ((int)Math.Round(Math.Sqrt(area * ratio)), (int)Math.Round(Math.Sqrt(area / ratio)));
            if (!Fits(width, height, preprocessing))
                continue;
            Wipe(tensor, preprocessing, (random.Below(preprocessing.Width - width + 1), random.Below(preprocessing.Height - height + 1), width, height), random);
            return;
        }
    }

    // Rounding to pixels may leave the range of areas: then it is another rectangle's turn.
    private bool Fits(int width, int height, ImagePreprocessing preprocessing)
    {
        var share = (double)width * height / preprocessing.Width / preprocessing.Height;
        return width <= preprocessing.Width && height <= preprocessing.Height && share >= MinArea && share <= MaxArea;
    }

    private void Wipe(Span<float> tensor, ImagePreprocessing preprocessing, (int Left, int Top, int Width, int Height) box, AugmentationRandom random)
    {
        var planes = preprocessing.Layout == TensorLayout.Nchw;
        var (values, outer) = planes ? (1, 3) : (3, 1);
        for (var plane = 0; plane < outer; plane++)
        {
            for (var y = box.Top; y < box.Top + box.Height; y++)
            {
                var row = tensor.Slice(((((plane * preprocessing.Height) + y) * preprocessing.Width) + box.Left) * values, box.Width * values);
                foreach (ref var value in row)
                    value = Fill == ErasingFill.Noise ? (float)random.Normal() : 0;
            }
        }
    }
}
