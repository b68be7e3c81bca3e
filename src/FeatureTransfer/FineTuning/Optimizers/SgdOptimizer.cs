using System.Numerics;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// Stochastic gradient descent: g + decay w, then v = momentum v + g, then w - rate v; Nesterov's takes g + momentum v for v.
/// </summary>
internal sealed class SgdOptimizer(OptimizerOptions options) : Optimizer
{
    private readonly float _momentum = (float)options.Momentum;

    public override int StateCount => _momentum > 0 ? 1 : 0;

    protected override void Step(Parameter parameter, double learningRate)
    {
        var (rate, decay) = ((float)learningRate, parameter.Decays ? (float)options.WeightDecay : 0);
        if (_momentum > 0)
            Roll(parameter.Values, parameter.Gradient, parameter.State[0], rate, decay, _momentum, options.Nesterov ? _momentum : 0);
        else
            Descend(parameter.Values, parameter.Gradient, rate, decay);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Descend(Span<float> values, Span<float> gradient, float rate, float decay)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]);
            (value - ((new Vector<float>(gradient[i..]) + (value * decay)) * rate)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
            values[i] -= (gradient[i] + (values[i] * decay)) * rate;
    }

    // The step is v, and with Nesterov's look ahead g + momentum v.
    [MethodImpl(Compiled.AtOnce)]
    private static void Roll(Span<float> values, Span<float> gradient, Span<float> velocities, float rate, float decay, float momentum, float ahead)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]);
            var slope = new Vector<float>(gradient[i..]) + (value * decay);
            var velocity = (new Vector<float>(velocities[i..]) * momentum) + slope;
            velocity.CopyTo(velocities[i..]);
            (value - ((ahead > 0 ? slope + (velocity * ahead) : velocity) * rate)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            var slope = gradient[i] + (values[i] * decay);
            velocities[i] = (velocities[i] * momentum) + slope;
            values[i] -= (ahead > 0 ? slope + (velocities[i] * ahead) : velocities[i]) * rate;
        }
    }
}
