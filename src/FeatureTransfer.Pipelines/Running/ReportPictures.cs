using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Reports;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Reads the images that a report shows once more, where they are no files that the report could read itself.</summary>
internal static class ReportPictures
{
    /// <summary>The pictures, by the names of the rows; one that cannot be read is left out.</summary>
    public static IReadOnlyDictionary<string, byte[]> Of(RunResult result, SourceRows source, CancellationToken cancellationToken)
    {
        var pictures = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (source.Content is null || result.Test is not { } test)
            return pictures;
        var shown = MistakeSection.Shown(test).Select(row => row.Input).ToHashSet(StringComparer.Ordinal);
        var rows = Enumerable.Range(0, source.Rows.Count).Where(row => shown.Contains(source.Rows[row].Path!)).ToList();
        foreach (var image in rows.Count == 0 ? [] : source.Images(rows, new RejectedRowCollector(), cancellationToken))
        {
            try
            {
                pictures[image.Name] = ThumbnailWriter.Jpeg(image.Read(), image.Name);
            }
            catch (BadInputException)
            {
                // The row is told of without a picture.
            }
        }

        return pictures;
    }
}
