namespace FeatureTransfer.Heads;

/// <summary>Measures trainers with a few labels a class: rows are drawn again and again, and rows that were never drawn judge.</summary>
public static class FewShotEvaluation
{
    /// <summary>Trains on draws of each size, and counts right answers.</summary>
    /// <remarks>
    /// In each repetition the rows of a class are put in a random order; the first so many teach, so that a larger draw has the smaller one in it, and
    /// those behind the largest draw judge all sizes. All trainers that are given the same seed meet the same rows.
    /// </remarks>
    /// <param name="features">A table of labels and features, which is read once, into memory.</param>
    /// <param name="trainer">A multiclass trainer, or a chain that ends in one.</param>
    /// <param name="options">Columns, sizes and repetitions; null is the defaults.</param>
    /// <param name="progress">Is given the number of trainings that are done; null is nobody.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="FeatureTransferException">A class has too few rows.</exception>
    public static IReadOnlyList<FewShotResult> Run(IDataView features, IEstimator<ITransformer> trainer, FewShotOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(trainer);
        options ??= new FewShotOptions();
        options.Validate();
        var rows = HeadRows.Read(features, options.LabelColumnName, options.FeatureColumnName, cancellation);
        Check(rows, options);
        var accuracies = options.Shots.ToDictionary(shots => shots, _ => new List<double>());
        var random = new Random(options.Seed);
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            var classes = Shuffled(rows.Features, random);
            var test = classes.SelectMany(members => members.Skip(options.Shots.Max())).ToList();
            foreach (var shots in options.Shots.Distinct())
            {
                cancellation.ThrowIfCancellationRequested();
                accuracies[shots].Add(Accuracy(rows, trainer, [.. classes.SelectMany(members => members.Take(shots))], test, options));
                progress?.Report(accuracies.Values.Sum(done => done.Count));
            }
        }

        return [.. options.Shots.Select(shots => new FewShotResult(shots, accuracies[shots].ToValueList()))];
    }

    private static void Check(HeadRows rows, FewShotOptions options)
    {
        var (label, count) = rows.Features.Labels.CountBy(label => label).MinBy(pair => pair.Value);
        if (count <= options.Shots.Max())
            throw new FeatureTransferException($"The class '{rows.Names[rows.Keys[label]]}' has {count} row{(count == 1 ? "" : "s")}. With {options.Shots.Max()} labels a class expected at least {options.Shots.Max() + 1}, so that one is left to judge: ask for fewer.");
    }

    private static List<int[]> Shuffled(LabelledFeatures rows, Random random)
    {
        var classes = Enumerable.Range(0, rows.Count).GroupBy(row => rows.Labels[row]).OrderBy(members => members.Key).Select(members => members.ToArray()).ToList();
        classes.ForEach(random.Shuffle);
        return classes;
    }

    private static double Accuracy(HeadRows rows, IEstimator<ITransformer> trainer, List<int> train, List<int> test, FewShotOptions options)
    {
        var model = trainer.Fit(FeatureTable.Of(rows, train, options));
        using var sessions = model as IDisposable;
        var answers = model.Transform(FeatureTable.Of(rows, test, options));
        var label = answers.Schema["PredictedLabel"];
        using var cursor = answers.GetRowCursor([label]);
        var read = KeyNames.Reader(cursor, label);
        var right = test.Count(row => cursor.MoveNext() && read() == rows.Keys[rows.Features.Labels[row]]);
        return (double)right / test.Count;
    }
}
