namespace Microsoft.ML.Trainers;

/// <summary>
/// Ascends the dual of a regularised linear problem. The weights are the rows' mean, each times its dual variables,
/// over the regularisation; an L1 penalty shrinks what is read of them ("proximal" ascent). The bias is the weight of
/// a feature that is 1 in every row.
/// </summary>
internal abstract class SdcaSolver
{
    private protected SdcaSolver(TrainingSet set, int outputs, SdcaSettings settings)
    {
        Set = set;
        Settings = settings;
        Step = 1 / (settings.L2 * set.WeightSum);
        Weights = [.. Enumerable.Range(0, outputs).Select(_ => new SdcaWeights(set.Features, settings))];
    }

    /// <summary>The weights of each output.</summary>
    public SdcaWeights[] Weights { get; }

    protected TrainingSet Set { get; }

    protected SdcaSettings Settings { get; }

    /// <summary>How far a dual variable moves the weights.</summary>
    protected double Step { get; }

    public void Run()
    {
        var order = new RowOrder(Set.Count, Settings.Random);
        for (int pass = 1; pass <= Settings.MaxPasses; pass++)
        {
            foreach (int row in order.Next())
                Update(row);
            if (pass % Settings.CheckEvery == 0 && IsConverged())
                return;
        }
    }

    /// <summary>Ascends along the dual variables of a row.</summary>
    protected abstract void Update(int row);

    /// <summary>The sums of the rows' losses and of their shares in the dual problem.</summary>
    protected abstract (double Loss, double Dual) Losses();

    protected float Norm(FeatureRow row) => row.NormSquared + 1 + Settings.BiasRate;

    private bool IsConverged()
    {
        var (loss, dual) = Losses();
        double penalty = 0;
        double dualPenalty = 0;
        foreach (var weights in Weights)
        {
            var (squares, magnitudes) = weights.Norms();
            penalty += Settings.L2 * ((squares / 2) + (Settings.L1 * magnitudes));
            dualPenalty += Settings.L2 * squares / 2;
        }
        double primal = (loss / Set.WeightSum) + penalty;
        return primal - ((dual / Set.WeightSum) - dualPenalty) < Settings.Tolerance * primal;
    }
}
