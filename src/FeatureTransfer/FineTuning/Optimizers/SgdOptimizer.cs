using System.Numerics.Tensors;

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
        Blocks.ForEach(parameter.Values.Length, (start, length, scratch) =>
        {
            var values = parameter.Values.AsSpan(start, length);
            var gradient = parameter.Gradient.AsSpan(start, length);
            if (decay > 0)
                TensorPrimitives.MultiplyAdd(values, decay, gradient, gradient);
            if (_momentum > 0)
                gradient = Velocity(parameter.State[0].AsSpan(start, length), gradient, scratch);
            TensorPrimitives.MultiplyAdd(gradient, -rate, values, values);
        });
    }

    private Span<float> Velocity(Span<float> velocity, Span<float> gradient, Span<float> scratch)
    {
        TensorPrimitives.MultiplyAdd(velocity, _momentum, gradient, velocity);
        if (!options.Nesterov)
            return velocity;
        TensorPrimitives.MultiplyAdd(velocity, _momentum, gradient, scratch);
        return scratch;
    }
}
