namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>Writes several runs side by side as one self-contained HTML page.</summary>
public static class ComparisonReport
{
    /// <summary>Reads runs of one task and writes the page; it appears when it is whole.</summary>
    /// <param name="runs">Folders of outputs, or the files with metrics in them: two or more. The others are compared with the first.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="FeatureTransferException">There are fewer than two, a file is missing or wrong, the tasks differ, or no row is held out in both of two runs.</exception>
    public static void Write(IReadOnlyList<string> runs, string path)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Write(RunComparison.Read(runs), path);
    }

    /// <summary>Writes the page of a comparison.</summary>
    internal static void Write(RunComparison comparison, string path) => AtomicFile.WriteText(path, ComparisonPage.Render(comparison));
}
