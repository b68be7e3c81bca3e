using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Opens a bundle that was just written and asks it what the model in memory was asked.</summary>
internal static class BundleCheck
{
    /// <summary>How many rows are asked about.</summary>
    public const int Rows = 4;

    private const float Tolerance = 1e-4f;

    /// <summary>Compares the answers for a few training rows.</summary>
    /// <exception cref="FeatureTransferException">The bundle answers otherwise; it is not to be used.</exception>
    public static void Check(string path, SourceRows source, ITransformer trained, Table train, TrainingImages images, FeatureTransferServices services)
    {
        // Where a step has dropped the rows' numbers, it is not known which rows to ask for.
        if (source.Positions(train) is not { } places)
            return;
        var rows = Enumerable.Range(0, train.Count).Take(Rows).OrderBy(row => places[row]).ToList();
        var expected = ChainModel.Score(trained, images.Beside(train.Select(rows)));
        // Four rows are no stage of a run: nobody need be told of them.
        using var bundle = Bundle.Load(path, services with { Progress = null });
        var actual = BundleTable.Predict(bundle, source.Select(rows.Select(row => places[row])), new RejectedRowCollector());
        for (var i = 0; i < rows.Count; i++)
        {
            if (actual[i].Error is not null || !AreAlike(bundle.Rules.Answer(actual[i].Input, expected.Rows[i]).Scores, actual[i].Scores))
                throw new FeatureTransferException($"{path}: the saved bundle answers otherwise than the trained model for {actual[i].Input}. {actual[i].Error} Do not use it, and please report this.");
        }
    }

    /// <summary>Whether scores are the same but for rounding: those of classes are about 1 in size, numbers may be of any size.</summary>
    internal static bool AreAlike(IReadOnlyList<float> expected, IReadOnlyList<float> actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.First)));
}
