namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Writes a run as one self-contained HTML page: nothing comes from elsewhere, and one script of its own draws the map of the features.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page; it appears when it is whole.</summary>
    /// <param name="result">The run.</param>
    /// <param name="path">The file.</param>
    public static void Write(RunResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        AtomicFile.WriteText(path, ReportPage.Render(result));
    }
}
