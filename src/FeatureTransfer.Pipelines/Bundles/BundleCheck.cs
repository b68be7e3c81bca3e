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
        // What a step has dropped cannot be asked for again.
        if (train.Text(DataSource.PathColumn) is not { } paths || source.NumberNames.Any(name => train.Numbers(name) is null) || source.TextNames.Any(name => train.Text(name) is null))
            return;
        var places = Places(source);
        var rows = Enumerable.Range(0, train.Count).Where(row => places.GetValueOrDefault(paths[row]) >= 0).Take(Rows).OrderBy(row => places.GetValueOrDefault(paths[row])).ToList();
        var expected = ChainModel.Score(trained, images.Beside(train.Select(rows)));
        // Four rows are no stage of a run: nobody need be told of them.
        using var bundle = Bundle.Load(path, services with { Progress = null });
        IReadOnlyList<Prediction> actual = source.NumberNames.Count + source.TextNames.Count > 0
            ? Score(bundle, train.Select(rows), paths, rows, places, source, services)
            : source.Content is null
            ? bundle.Predict([.. rows.Select(row => paths[row])])
            : bundle.Predict([.. source.Images([.. rows.Select(row => places[paths[row]])], new RejectedRowCollector(), services.Cancellation)]);
        for (var i = 0; i < rows.Count; i++)
        {
            if (actual[i].Error is not null || !AreAlike(bundle.Rules.Answer(paths[rows[i]], expected.Rows[i]).Scores, actual[i].Scores))
                throw new FeatureTransferException($"{path}: the saved bundle answers otherwise than the trained model for {paths[rows[i]]}. {actual[i].Error} Do not use it, and please report this.");
        }
    }

    // Files alone do not have the numbers, so the rows are asked for with all of their columns.
    private static IReadOnlyList<Prediction> Score(Bundle bundle, Table asked, IReadOnlyList<string> paths, List<int> rows, Dictionary<string, int> places, SourceRows source, FeatureTransferServices services)
    {
        IDataView view = source.Content is null
            ? asked
            : new ContentView(asked, DataSource.PathColumn, () => source.Content.Read([.. rows.Select(row => source.Rows[places[paths[row]]])], new RejectedRowCollector(), services.Cancellation));
        return [.. ChainModel.Score(bundle.Model, view).Rows.Select((score, i) => BundlePredictor.AnswerOf(paths[rows[i]], bundle.Rules, score))];
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
