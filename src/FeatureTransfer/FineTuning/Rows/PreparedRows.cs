using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.FineTuning;

/// <summary>Inputs, prepared in each epoch; images are changed at random where an augmentation is given.</summary>
internal sealed class PreparedRows(IReadOnlyList<TuningRow> rows, FixedPreparation preparation, IImageAugmentation? augmentation, int seed) : IRowSource
{
    public void Read(int row, int epoch, Span<float> values)
    {
        var content = rows[row].Read();
        if (augmentation is null)
            preparation.Read(content, values, rows[row].Input);
        else
            augmentation.Read(content, ((ImagePreparation)preparation).Preprocessing, Randomness.Mix(seed, RandomPurpose.Augmentation, epoch, row), values, rows[row].Input);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
