using System.Numerics;
using System.Runtime.CompilerServices;

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
                Move(average, parameter.Values, share);
            else
                parameter.Average = LargeArray.Copy<float>(parameter.Values);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Move(Span<float> average, ReadOnlySpan<float> values, float share)
    {
        var i = 0;
        for (; i <= average.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var old = new Vector<float>(average[i..]);
            (old + ((new Vector<float>(values[i..]) - old) * share)).CopyTo(average[i..]);
        }

        for (; i < average.Length; i++)
            average[i] += (values[i] - average[i]) * share;
    }
}
