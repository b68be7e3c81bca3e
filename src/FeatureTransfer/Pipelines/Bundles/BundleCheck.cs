using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Opens a bundle that was just written and asks it what the model in memory was asked.</summary>
internal static class BundleCheck
{
    private const int Rows = 4;
    private const float Tolerance = 1e-4f;

    /// <summary>Compares the answers for a few training rows.</summary>
    /// <exception cref="FeatureTransferException">The bundle answers otherwise; it is not to be used.</exception>
    public static void Check(string path, ITransformer trained, Table train, FeatureTransferServices services)
    {
        if (train.Text(DataSource.PathColumn) is not { } paths)
            return;
        var rows = Enumerable.Range(0, Math.Min(Rows, train.Count)).ToList();
        var expected = ChainModel.Score(trained, train.Select(rows));
        // Four rows are no stage of a run: nobody need be told of them.
        using var bundle = Bundle.Load(path, services with { Progress = null });
        var actual = bundle.Predict([.. rows.Select(row => paths[row])]);
        foreach (var row in rows)
        {
            if (actual[row].Error is not null || !expected.Scores[row].Zip(actual[row].Scores).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance))
                throw new FeatureTransferException($"{path}: the saved bundle answers otherwise than the trained model for {paths[row]}. {actual[row].Error} Do not use it, and please report this.");
        }
    }
}
