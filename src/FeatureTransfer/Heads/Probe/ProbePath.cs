namespace FeatureTransfer.Heads;

/// <summary>Fits along a grid of regularizations, from strong to weak, each from the fit before.</summary>
internal sealed class ProbePath(LinearProbeOptions options, CancellationToken cancellation)
{
    // Once the held-out rows are worse so often in a row, weaker regularization only overfits more, and takes the longest.
    private const int Patience = 2;

    private readonly double[] _grid = [.. options.L2Regularizations.Distinct().OrderDescending()];

    /// <summary>Chooses the regularization and fits with it.</summary>
    public LinearDecision Learn(LabelledFeatures rows)
    {
        if (rows.Count >= rows.Dimension)
            return Fit(rows);
        var space = RowSpace.Of(rows, cancellation);
        return space.Expand(Fit(space.Rows));
    }

    private LinearDecision Fit(LabelledFeatures rows)
    {
        var chosen = Choose(rows);
        var objective = new SoftmaxObjective(rows, chosen);
        var weights = Minimize(objective, new double[objective.Length]);
        return objective.Decision(weights, chosen);
    }

    private double Choose(LabelledFeatures rows)
    {
        var folds = _grid.Length == 1 ? [] : HeldOut.Folds(rows, options.Folds, options.Seed);
        if (folds.Count == 0)
            return _grid[(_grid.Length - 1) / 2];
        var weights = new double[folds.Count][];
        var losses = new double[folds.Count];
        var (best, least, worse) = (_grid[0], double.PositiveInfinity, 0);
        foreach (var strength in _grid)
        {
            Parallel.For(0, folds.Count, new ParallelOptions { CancellationToken = cancellation }, fold =>
            {
                var objective = new SoftmaxObjective(folds[fold].Train, strength);
                weights[fold] = Minimize(objective, weights[fold] ?? new double[objective.Length]);
                losses[fold] = SoftmaxObjective.LogLoss(objective.Decision(weights[fold], strength), folds[fold].Test);
            });
            worse = losses.Sum() < least ? 0 : worse + 1;
            if (worse == 0)
                (best, least) = (strength, losses.Sum());
            else if (worse == Patience)
                break;
        }

        return best;
    }

    private double[] Minimize(SoftmaxObjective objective, double[] start) =>
        LimitedMemoryBfgs.Minimize(objective.Evaluate, start, options.Tolerance, options.MaximumNumberOfIterations, cancellation);
}
