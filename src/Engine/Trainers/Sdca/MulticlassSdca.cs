namespace Microsoft.ML.Trainers;

/// <summary>
/// Dual ascent for several classes. The loss of a row is the sum, over the classes that are not its own, of the loss of
/// the margin between its own class's score and theirs; each term has a dual variable.
/// </summary>
internal sealed class MulticlassSdca : SdcaSolver
{
    private readonly ISupportSdcaLoss _loss;
    private readonly float[] _duals;
    private readonly float[] _scores;

    public MulticlassSdca(TrainingSet set, int classes, ISupportSdcaLoss loss, SdcaSettings settings)
        : base(set, classes, settings)
    {
        _loss = loss;
        _duals = new float[checked((long)set.Count * classes)];
        _scores = new float[classes];
    }

    protected override void Update(int row)
    {
        var features = Set.Row(row);
        float step = (float)(Step * Set.Weight(row));
        if (step == 0)
            return;
        int label = (int)Set.Labels[row];
        float norm = Norm(features);
        float invariant = _loss.ComputeDualUpdateInvariant(2 * norm * step);
        float own = Weights[label].Score(features);
        float total = 0;
        for (int k = 0; k < Weights.Length; k++)
        {
            if (k == label)
                continue;
            ref float dual = ref _duals[((long)row * Weights.Length) + k];
            float change = _loss.DualUpdate(own - Weights[k].Score(features), 1, dual, invariant, 1);
            if (change == 0)
                continue;
            dual += change;
            Weights[k].Add(features, -change * step);
            // The own class's score moves at once, its weights once for all classes.
            own += change * step * norm;
            total += change;
        }
        if (total != 0)
            Weights[label].Add(features, total * step);
    }

    protected override (double Loss, double Dual) Losses()
    {
        double loss = 0;
        double dual = 0;
        for (int row = 0; row < Set.Count; row++)
        {
            var features = Set.Row(row);
            int label = (int)Set.Labels[row];
            for (int k = 0; k < _scores.Length; k++)
                _scores[k] = Weights[k].Score(features);
            for (int k = 0; k < _scores.Length; k++)
            {
                if (k == label)
                    continue;
                loss += Set.Weight(row) * _loss.Loss(_scores[label] - _scores[k], 1);
                dual += Set.Weight(row) * _loss.DualLoss(1, _duals[((long)row * _scores.Length) + k]);
            }
        }
        return (loss, dual);
    }
}
