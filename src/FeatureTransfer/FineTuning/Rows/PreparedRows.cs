using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.FineTuning;

/// <summary>Inputs, prepared in each epoch; images and recordings are changed at random where options are given that say how.</summary>
internal sealed class PreparedRows(IReadOnlyList<TuningRow> rows, FixedPreparation preparation, FineTuneOptions? options) : IRowSource
{
    public void Read(int row, int epoch, Span<float> values)
    {
        var content = rows[row].Read();
        if (options?.Augmentation is { } augmentation)
            augmentation.Read(content, ((ImagePreparation)preparation).Preprocessing, Seed(options, row, epoch), values, rows[row].Input);
        else
            preparation.Read(content, values, rows[row].Input);
        if (options is { AudioAugmentation.IsEmpty: false })
            options.AudioAugmentation.Apply(values, Seed(options, row, epoch));
    }

    private static ulong Seed(FineTuneOptions options, int row, int epoch) => Randomness.Mix(options.Seed, RandomPurpose.Augmentation, epoch, row);

    public void Dispose()
    {
        // Nothing is held.
    }
}
