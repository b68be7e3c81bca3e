using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Tiny pictures for a map, as many as keep the page small: of mistakes first, then of rows from all over.</summary>
internal static class MapThumbnails
{
    private const int Edge = 40, Quality = 60, Most = 500;

    /// <summary>The JPEG of each row in base 64; empty for a row without one.</summary>
    public static string[] Of(RunResult result, IReadOnlyList<PredictionRow> rows)
    {
        var pictures = new string[rows.Count];
        Array.Fill(pictures, "");
        if (!result.HasPaths)
            return pictures;
        var every = Math.Max(1, (rows.Count + Most - 1) / Most);
        var chosen = Enumerable.Range(0, rows.Count).OrderBy(row => rows[row].Label == rows[row].Predicted).ThenBy(row => row % every).Take(Most).ToList();
        chosen.AsParallel().ForAll(row => pictures[row] = Picture(rows[row].Input, result.Pictures));
        return pictures;
    }

    private static string Picture(string path, IReadOnlyDictionary<string, byte[]> known)
    {
        try
        {
            return Convert.ToBase64String(known.TryGetValue(path, out var bytes) ? ThumbnailWriter.Jpeg(bytes, path, Edge, Quality) : ThumbnailWriter.Jpeg(path, Edge, Quality));
        }
        catch (BadInputException)
        {
            // No image, or gone: the point has none.
            return "";
        }
    }
}
