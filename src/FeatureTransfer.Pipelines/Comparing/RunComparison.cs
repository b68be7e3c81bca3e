namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>Several runs of one task, compared on the rows that they judged in common.</summary>
internal sealed class RunComparison
{
    private RunComparison(IReadOnlyList<ComparedRun> runs, IReadOnlyList<RunPair> pairs, IReadOnlyList<Disagreement> disagreements) =>
        (Runs, Pairs, Disagreements) = (runs, pairs, disagreements);

    /// <summary>The runs, in the order they were named.</summary>
    public IReadOnlyList<ComparedRun> Runs { get; }

    /// <summary>Each run but the first, against the first.</summary>
    public IReadOnlyList<RunPair> Pairs { get; }

    /// <summary>The rows judged by all runs that do not get the same answer from all; those first on which some runs are right and others wrong.</summary>
    public IReadOnlyList<Disagreement> Disagreements { get; }

    /// <summary>Reads and compares runs.</summary>
    /// <param name="paths">Folders of outputs, or files with metrics: two or more.</param>
    /// <exception cref="FeatureTransferException">There are fewer than two, a file is missing or wrong, the tasks differ, or no row is held out in both.</exception>
    public static RunComparison Read(IReadOnlyList<string> paths)
    {
        if (paths.Count < 2)
            throw new FeatureTransferException("One run cannot be compared. Name the outputs of two or more.");
        var runs = paths.Select(ComparedRunReader.Read).ToList();
        if (runs.DistinctBy(run => run.Name, StringComparer.Ordinal).Count() < runs.Count)
            runs = [.. runs.Zip(paths, (run, path) => run with { Name = path })];
        if (runs.Find(run => run.Task != runs[0].Task) is { } other)
            throw new FeatureTransferException($"{other.Path} is of the task {other.Task} and {runs[0].Path} of the task {runs[0].Task}: their answers are of different kinds and cannot be compared. Name runs of one task.");
        var rows = runs.ConvertAll(run => JudgedRow.Index(run.Judged));
        List<RunPair> pairs = [.. runs.Skip(1).Select((run, i) => RunPair.Of(runs[0], run, rows[0], rows[i + 1]))];
        var corrected = PairedRows.Holm([.. pairs.Select(pair => pair.PValue)]);
        return new RunComparison(runs, [.. pairs.Select((pair, i) => pair with { PValue = corrected[i] })], Disagreement.Of(rows));
    }
}
