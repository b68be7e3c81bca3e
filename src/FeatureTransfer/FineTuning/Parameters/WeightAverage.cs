using System.Numerics.Tensors;

namespace FeatureTransfer.FineTuning;

/// <summary>The exponential moving average of weights.</summary>
internal static class WeightAverage
{
    /// <summary>Moves the averages towards the values.</summary>
    /// <param name="parameters">The parameters; those without an average begin one at their values.</param>
    /// <param name="decay">The share of the average that stays.</param>
    /// <param name="step">The steps made so far: a young average follows quickly, so that it is not held back by where it began.</param>
    public static void Update(IEnumerable<Parameter> parameters, double decay, long step)
    {
        var share = (float)(1 - Math.Min(decay, (1.0 + step) / (10 + step)));
        foreach (var parameter in parameters)
        {
            if (parameter.Average is { } average)
                Blocks.ForEach(average.Length, (start, length, scratch) => Move(average.AsSpan(start, length), parameter.Values.AsSpan(start, length), share, scratch));
            else
                parameter.Average = [.. parameter.Values];
        }
    }

    private static void Move(Span<float> average, ReadOnlySpan<float> values, float share, Span<float> scratch)
    {
        TensorPrimitives.Subtract(values, average, scratch);
        TensorPrimitives.MultiplyAdd(scratch, share, average, average);
    }
}
