using System.Numerics;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019): m and v are moving means of g and g squared, corrected for having
/// begun at 0; w - rate m / (sqrt(v) + epsilon). Adam adds decay w to g, AdamW takes rate decay w off w.
/// </summary>
internal sealed class AdamOptimizer(OptimizerOptions options) : Optimizer
{
    public override int StateCount => 2;

    protected override void Step(Parameter parameter, double learningRate)
    {
        var decay = parameter.Decays ? options.WeightDecay : 0;
        var decoupled = options.Kind == OptimizerKind.AdamW;
        var factors = new Factors(
            (float)options.Beta1,
            (float)options.Beta2,
            decoupled ? 0 : (float)decay,
            decoupled ? (float)(1 - (learningRate * decay)) : 1,
            (float)(learningRate / (1 - Math.Pow(options.Beta1, parameter.Steps))),
            (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, parameter.Steps))),
            (float)options.Epsilon);
        Move(parameter.Values, parameter.Gradient, parameter.State[0], parameter.State[1], factors);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Move(Span<float> values, Span<float> gradient, Span<float> means, Span<float> squares, Factors factors)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]);
            var slope = new Vector<float>(gradient[i..]) + (value * factors.Penalty);
            var mean = (new Vector<float>(means[i..]) * factors.Beta1) + (slope * (1 - factors.Beta1));
            var square = (new Vector<float>(squares[i..]) * factors.Beta2) + (slope * slope * (1 - factors.Beta2));
            mean.CopyTo(means[i..]);
            square.CopyTo(squares[i..]);
            var step = mean / ((Vector.SquareRoot(square) * factors.Correction) + new Vector<float>(factors.Epsilon));
            ((value * factors.Kept) - (step * factors.Rate)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            var slope = gradient[i] + (values[i] * factors.Penalty);
            means[i] = (means[i] * factors.Beta1) + (slope * (1 - factors.Beta1));
            squares[i] = (squares[i] * factors.Beta2) + (slope * slope * (1 - factors.Beta2));
            values[i] = (values[i] * factors.Kept) - (means[i] / ((MathF.Sqrt(squares[i]) * factors.Correction) + factors.Epsilon) * factors.Rate);
        }
    }

    /// <summary>The factors of a step.</summary>
    /// <param name="Beta1">The decay of the mean.</param>
    /// <param name="Beta2">The decay of the mean of squares.</param>
    /// <param name="Penalty">The share of a weight that is added to its gradient.</param>
    /// <param name="Kept">The share of a weight that stays.</param>
    /// <param name="Rate">The learning rate, with the mean's correction.</param>
    /// <param name="Correction">That of the root of the mean of squares.</param>
    /// <param name="Epsilon">Keeps from dividing by zero.</param>
    private readonly record struct Factors(float Beta1, float Beta2, float Penalty, float Kept, float Rate, float Correction, float Epsilon);
}
