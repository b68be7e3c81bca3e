using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Gradient steps whose weights are averaged over the rows (Y. Freund and R. Schapire, "Large margin classification
/// using the perceptron algorithm", Machine Learning 37, 1999).
/// </summary>
internal sealed class AveragedState(AveragedLinearOptions options, IScalarLoss loss, float[] weights, float bias)
    : OnlineState(weights, bias)
{
    private readonly float[] _totals = new float[weights.Length];
    private float _totalBias;
    private double _totalCount;
    private float _gain = 1;
    private long _pending;
    private long _updates;
    private long _rows;

    // A gain needs each row's own weight: the average cannot wait.
    private bool IsLazy => options.LazyUpdate && options.RecencyGain == 0;

    public override void Learn(FeatureRow row, float label, float weight)
    {
        _rows++;
        float output = Margin(row);
        if (loss.Loss(output, label) > 0)
        {
            AddPending();
            Update(row, -Rate() * loss.Derivative(output, label));
        }
        if (!options.Averaged)
            return;
        if (IsLazy)
            _pending++;
        else
            AddCurrent();
        if (options.ResetWeightsAfterXExamples is > 0 and var period && _rows % period == 0)
            Reset();
    }

    public override void EndPass()
    {
        AddPending();
        FoldScale();
        if (options.Averaged && options.ResetWeightsAfterXExamples == 0)
            Reset();
    }

    public override (float[] Weights, float Bias) Result()
    {
        if (!options.Averaged)
            return base.Result();
        AddPending();
        var result = new float[Weights.Length];
        TensorPrimitives.Multiply(_totals, (float)(1 / _totalCount), result);
        return (result, (float)(_totalBias / _totalCount));
    }

    private float Rate() => options.DecreaseLearningRate ? options.LearningRate / MathF.Sqrt(_updates + _pending + 1) : options.LearningRate;

    private void Update(FeatureRow row, float step)
    {
        row.AddTo(step / Scale, Weights);
        Scale *= 1 - (2 * options.L2Regularization);
        KeepScaleInRange();
        Bias += step;
        _updates++;
    }

    // The weights counted for the rows that left them as they were.
    private void AddPending()
    {
        if (_pending == 0)
            return;
        TensorPrimitives.MultiplyAdd(Weights, _pending * Scale, _totals, _totals);
        // ML.NET scales the bias along with the weights here.
        _totalBias += Bias * _pending * Scale;
        _totalCount += _pending;
        _pending = 0;
    }

    private void AddCurrent()
    {
        TensorPrimitives.MultiplyAdd(Weights, _gain * Scale, _totals, _totals);
        _totalBias += _gain * Bias;
        _totalCount += _gain;
        if (options.RecencyGain != 0)
            _gain = options.RecencyGainMultiplicative ? _gain * options.RecencyGain : _gain + options.RecencyGain;
    }

    private void Reset()
    {
        AddPending();
        TensorPrimitives.Multiply(_totals, (float)(1 / _totalCount), Weights);
        Scale = 1;
        Bias = (float)(_totalBias / _totalCount);
    }
}
