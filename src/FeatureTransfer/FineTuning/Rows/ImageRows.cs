using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.FineTuning;

/// <summary>Images, decoded in each epoch and changed at random where an augmentation is given.</summary>
internal sealed class ImageRows(IReadOnlyList<TuningRow> rows, ImageRecipe recipe, IImageAugmentation? augmentation, int seed) : IRowSource
{
    private readonly ImagePreprocessor _preprocessor = new(recipe);

    public void Read(int row, int epoch, Span<float> values)
    {
        var image = rows[row].Read();
        if (augmentation is null)
            _preprocessor.Read(image, values, rows[row].Input);
        else
            augmentation.Read(image, recipe, Randomness.Mix(seed, RandomPurpose.Augmentation, epoch, row), values, rows[row].Input);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
