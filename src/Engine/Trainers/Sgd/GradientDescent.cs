using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>How the gradient is descended.</summary>
internal sealed record SgdSettings(
    double Rate, float L2, int MaxPasses, double Tolerance, int CheckEvery, float PositiveWeight, Random? Random);

/// <summary>
/// Gradient steps row by row, whose length falls as 1 / (1 + rate · L2 · steps) (L. Bottou, "Large-scale machine learning
/// with stochastic gradient descent", COMPSTAT 2010). The weights carry a common factor, so that shrinking them is cheap.
/// </summary>
internal sealed class GradientDescent
{
    private const float MinScale = 1e-5f;

    private readonly TrainingSet _set;
    private readonly IClassificationLoss _loss;
    private readonly SgdSettings _settings;
    private readonly float[] _weights;
    private float _bias;
    private float _scale = 1;
    private long _steps;

    public GradientDescent(TrainingSet set, IClassificationLoss loss, SgdSettings settings, LinearModelParameters? start)
    {
        _set = set;
        _loss = loss;
        _settings = settings;
        if (start is not null && start.Weights.Count != set.Features)
            throw new InvalidOperationException($"The model to start from has {start.Weights.Count} weights, the data has {set.Features} features.");
        _weights = start is null ? new float[set.Features] : start.WeightSpan.ToArray();
        _bias = start?.Bias ?? 0;
    }

    public LinearBinaryModelParameters Model()
    {
        FoldScale();
        return new(_weights, _bias);
    }

    public void Run()
    {
        var order = new RowOrder(_set.Count, _settings.Random);
        double last = double.PositiveInfinity;
        for (int pass = 1; pass <= _settings.MaxPasses; pass++)
        {
            foreach (int row in order.Next())
                Learn(row);
            if (pass % _settings.CheckEvery != 0 || pass == _settings.MaxPasses)
                continue;
            double loss = MeanLoss();
            if (last - loss < _settings.Tolerance)
                return;
            last = loss;
        }
    }

    private void Learn(int row)
    {
        var features = _set.Row(row);
        float rate = (float)(_settings.Rate / (1 + (_settings.Rate * _settings.L2 * _steps++)));
        float step = -rate * Weight(row) * _loss.Derivative(Score(features), _set.Labels[row]);
        _scale *= 1 - (rate * _settings.L2);
        if (step != 0)
        {
            features.AddTo(step / _scale, _weights);
            _bias += step;
        }
        if (_scale < MinScale)
            FoldScale();
    }

    private double MeanLoss()
    {
        double loss = 0;
        for (int row = 0; row < _set.Count; row++)
            loss += Weight(row) * _loss.Loss(Score(_set.Row(row)), _set.Labels[row]);
        return loss / _set.WeightSum;
    }

    private float Score(FeatureRow row) => (row.Dot(_weights) * _scale) + _bias;

    private float Weight(int row) => _set.Weight(row) * (_set.Labels[row] > 0 ? _settings.PositiveWeight : 1);

    private void FoldScale()
    {
        TensorPrimitives.Multiply(_weights, _scale, _weights);
        _scale = 1;
    }
}
