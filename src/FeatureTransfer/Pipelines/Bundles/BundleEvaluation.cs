using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines;

/// <summary>Judges bundles on labelled data.</summary>
/// <param name="Metrics">The metrics.</param>
/// <param name="Rejected">The rows that could not be used.</param>
public sealed record BundleEvaluation(EvaluationResult Metrics, IReadOnlyList<RejectedRow> Rejected)
{
    /// <summary>Judges a bundle on a folder of class folders.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="folder">The folder; the names of the folders in it are the true labels.</param>
    /// <exception cref="FeatureTransferException">The folder holds no image that can be used.</exception>
    public static BundleEvaluation OnFolder(Bundle bundle, string folder)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var rejected = new RejectedRowCollector();
        var rows = new ImageFolderSource { Path = folder }.Read(new SourceContext(null, rejected, CancellationToken.None)).Rows;
        var predictions = bundle.Predict([.. rows.Select(row => row.Path!)]);
        foreach (var bad in predictions.Where(prediction => prediction.Error is not null))
            rejected.Reject(new RejectedRow(bad.Input, bad.Error!, "evaluate"));
        var good = Enumerable.Range(0, rows.Count).Where(row => predictions[row].Error is null).ToList();
        if (good.Count == 0)
            throw new FeatureTransferException($"{folder}: none of the {rows.Count} images can be read. The first reason: {rejected.Rows[0].Reason}");
        var scored = new ScoredRows(bundle.Labels, [.. good.Select(row => predictions[row].Scores.ToArray())]);
        return new BundleEvaluation(scored.Judge([.. good.Select(row => rows[row].Path!)], [.. good.Select(row => rows[row].Label!)]), rejected.Rows);
    }
}
