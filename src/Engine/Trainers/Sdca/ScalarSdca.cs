namespace Microsoft.ML.Trainers;

/// <summary>Dual ascent for one score a row: two classes, or a number.</summary>
internal sealed class ScalarSdca : SdcaSolver
{
    private readonly ISupportSdcaLoss _loss;
    private readonly float _positiveWeight;
    private readonly float[] _duals;

    public ScalarSdca(TrainingSet set, ISupportSdcaLoss loss, SdcaSettings settings, float positiveWeight = 1)
        : base(set, 1, settings)
    {
        _loss = loss;
        _positiveWeight = positiveWeight;
        _duals = new float[set.Count];
    }

    public float[] Model => Weights[0].Values;

    public float Bias => Weights[0].Bias;

    protected override void Update(int row)
    {
        var features = Set.Row(row);
        float step = (float)(Step * Weight(row));
        if (step == 0)
            return;
        float invariant = _loss.ComputeDualUpdateInvariant(Norm(features) * step);
        float change = _loss.DualUpdate(Weights[0].Score(features), Set.Labels[row], _duals[row], invariant, 1);
        if (change == 0)
            return;
        _duals[row] += change;
        Weights[0].Add(features, change * step);
    }

    protected override (double Loss, double Dual) Losses()
    {
        double loss = 0;
        double dual = 0;
        for (int row = 0; row < Set.Count; row++)
        {
            loss += Weight(row) * _loss.Loss(Weights[0].Score(Set.Row(row)), Set.Labels[row]);
            dual += Weight(row) * _loss.DualLoss(Set.Labels[row], _duals[row]);
        }
        return (loss, dual);
    }

    private float Weight(int row) => Set.Weight(row) * (Set.Labels[row] > 0 ? _positiveWeight : 1);
}
