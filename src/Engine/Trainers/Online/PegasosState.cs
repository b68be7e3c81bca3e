using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Steps of the sub-gradient of the regularised hinge loss (S. Shalev-Shwartz and others, "Pegasos: primal estimated
/// sub-gradient solver for SVM", ICML 2007), with ML.NET's rate 1 / (1 + lambda · t).
/// </summary>
internal sealed class PegasosState(LinearSvmTrainer.Options options, float[] weights, float bias) : OnlineState(weights, bias)
{
    private readonly float[] _batch = new float[weights.Length];
    private float _batchBias;
    private int _batchRows;
    private long _steps;

    public override void Learn(FeatureRow row, float label, float weight)
    {
        float truth = label > 0 ? 1 : -1;
        if (Margin(row) * truth < 1)
        {
            row.AddTo(truth * weight, _batch);
            _batchBias += truth * weight;
        }
        if (++_batchRows == options.BatchSize)
            Step();
    }

    public override void EndPass()
    {
        // A last, smaller batch is dropped as ML.NET drops it.
        ClearBatch();
    }

    private void Step()
    {
        float rate = 1 / (1 + (options.Lambda * _steps++));
        Scale *= 1 - (rate * options.Lambda);
        KeepScaleInRange();
        if (_batchBias != 0 || options.BatchSize > 1)
            TensorPrimitives.MultiplyAdd(_batch, rate / (_batchRows * Scale), Weights, Weights);
        if (!options.NoBias)
            Bias += rate / _batchRows * _batchBias;
        if (options.PerformProjection)
            Project();
        ClearBatch();
    }

    // The optimum lies in a ball of this radius.
    private void Project()
    {
        float shrink = 1 / (MathF.Sqrt(options.Lambda) * TensorPrimitives.Norm<float>(Weights) * Math.Abs(Scale));
        if (!(shrink < 1))
            return;
        Scale *= shrink;
        KeepScaleInRange();
        if (!options.NoBias)
            Bias *= shrink;
    }

    private void ClearBatch()
    {
        Array.Clear(_batch);
        _batchBias = 0;
        _batchRows = 0;
    }
}
