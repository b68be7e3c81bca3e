using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Opens a bundle that was just written and asks it what the model in memory was asked.</summary>
internal static class BundleCheck
{
    private const int Rows = 4;
    private const float Tolerance = 1e-4f;

    /// <summary>Compares the answers for a few training rows.</summary>
    /// <exception cref="FeatureTransferException">The bundle answers otherwise; it is not to be used.</exception>
    public static void Check(string path, SourceRows source, ITransformer trained, Table train, TrainingImages images, FeatureTransferServices services)
    {
        if (train.Text(DataSource.PathColumn) is not { } paths)
            return;
        var places = Places(source);
        var rows = Enumerable.Range(0, train.Count).Where(row => places.GetValueOrDefault(paths[row]) >= 0).Take(Rows).OrderBy(row => places.GetValueOrDefault(paths[row])).ToList();
        var expected = ChainModel.Score(trained, images.Beside(train.Select(rows)));
        // Four rows are no stage of a run: nobody need be told of them.
        using var bundle = Bundle.Load(path, services with { Progress = null });
        IReadOnlyList<Prediction> actual = source.Content is null
            ? bundle.Predict([.. rows.Select(row => paths[row])])
            : bundle.Predict([.. source.Images([.. rows.Select(row => places[paths[row]])], new RejectedRowCollector(), services.Cancellation)]);
        for (var i = 0; i < rows.Count; i++)
        {
            if (actual[i].Error is not null || !AreAlike(bundle.Rules.Answer(paths[rows[i]], expected.Rows[i]).Scores, actual[i].Scores))
                throw new FeatureTransferException($"{path}: the saved bundle answers otherwise than the trained model for {paths[rows[i]]}. {actual[i].Error} Do not use it, and please report this.");
        }
    }

    /// <summary>Whether scores are the same but for rounding: those of classes are about 1 in size, numbers may be of any size.</summary>
    internal static bool AreAlike(IReadOnlyList<float> expected, IReadOnlyList<float> actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.First)));

    // Where the images of a source that are no files lie in it, by name; a name that is there twice finds none.
    private static Dictionary<string, int> Places(SourceRows source)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; source.Content is not null && row < source.Rows.Count; row++)
            places[source.Rows[row].Path!] = places.ContainsKey(source.Rows[row].Path!) ? -1 : row;
        return places;
    }
}
