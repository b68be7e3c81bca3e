using System.Numerics.Tensors;
using FeatureTransfer.Onnx.Gradients;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// The stored means and variances of the batch normalizations that learn by the statistics of the batch. After each batch they move
/// towards these, by the momentum of their node: <c>momentum * stored + (1 - momentum) * batch</c>.
/// </summary>
internal sealed class RunningStatistics : IDisposable
{
    private readonly List<(Parameter Stored, Parameter Batch, float Momentum)> _statistics = [];

    /// <summary>Makes the memory for the statistics of a batch.</summary>
    /// <param name="statistics">The normalizations.</param>
    /// <param name="stored">The stored statistics by their name.</param>
    public RunningStatistics(IReadOnlyList<BatchStatistic> statistics, IReadOnlyDictionary<string, Parameter> stored)
    {
        foreach (var statistic in statistics)
        {
            Add(stored[statistic.Mean], statistic.BatchMean, statistic.Momentum);
            Add(stored[statistic.Variance], statistic.BatchVariance, statistic.Momentum);
        }
    }

    /// <summary>The outputs of the training graph that hold the statistics of a batch.</summary>
    public IEnumerable<string> Outputs => _statistics.Select(statistic => statistic.Batch.Name);

    /// <summary>The memory that these are written to.</summary>
    public IEnumerable<OrtValue> Tensors => _statistics.Select(statistic => statistic.Batch.Tensor);

    /// <summary>Moves the stored statistics towards those of the last batch.</summary>
    public void Update()
    {
        foreach (var (stored, batch, momentum) in _statistics)
        {
            TensorPrimitives.Multiply(stored.Values, momentum, stored.Values);
            TensorPrimitives.MultiplyAdd(batch.Values, 1 - momentum, stored.Values, stored.Values);
            stored.Steps++;
        }
    }

    public void Dispose()
    {
        foreach (var (_, batch, _) in _statistics)
            batch.Dispose();
    }

    private void Add(Parameter stored, string output, float momentum) => _statistics.Add((stored, new Parameter(output, stored.Shape, new float[stored.Values.Length]), momentum));
}
