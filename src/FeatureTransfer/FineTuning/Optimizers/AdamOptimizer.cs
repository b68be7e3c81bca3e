using System.Numerics.Tensors;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019): m and v are moving means of g and g squared, corrected for having
/// begun at 0; w - rate m / (sqrt(v) + epsilon). Adam adds decay w to g, AdamW takes rate decay w off w.
/// </summary>
internal sealed class AdamOptimizer(OptimizerOptions options) : Optimizer
{
    private readonly float _beta1 = (float)options.Beta1;
    private readonly float _beta2 = (float)options.Beta2;

    public override int StateCount => 2;

    protected override void Step(Parameter parameter, double learningRate)
    {
        var decay = parameter.Decays ? options.WeightDecay : 0;
        var decoupled = options.Kind == OptimizerKind.AdamW ? (float)(1 - (learningRate * decay)) : 1;
        var penalty = options.Kind == OptimizerKind.AdamW ? 0 : (float)decay;
        var rate = (float)(learningRate / (1 - Math.Pow(options.Beta1, parameter.Steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, parameter.Steps)));
        Blocks.ForEach(parameter.Values.Length, (start, length, scratch) =>
        {
            var values = parameter.Values.AsSpan(start, length);
            var gradient = parameter.Gradient.AsSpan(start, length);
            if (decoupled < 1)
                TensorPrimitives.Multiply(values, decoupled, values);
            if (penalty > 0)
                TensorPrimitives.MultiplyAdd(values, penalty, gradient, gradient);
            var mean = parameter.State[0].AsSpan(start, length);
            var square = parameter.State[1].AsSpan(start, length);
            Remember(mean, square, gradient, scratch);
            TensorPrimitives.Sqrt(square, scratch);
            TensorPrimitives.Multiply(scratch, correction, scratch);
            TensorPrimitives.Add(scratch, (float)options.Epsilon, scratch);
            TensorPrimitives.Divide(mean, scratch, scratch);
            TensorPrimitives.MultiplyAdd(scratch, -rate, values, values);
        });
    }

    private void Remember(Span<float> mean, Span<float> square, Span<float> gradient, Span<float> scratch)
    {
        TensorPrimitives.Multiply(gradient, 1 - _beta1, scratch);
        TensorPrimitives.MultiplyAdd(mean, _beta1, scratch, mean);
        TensorPrimitives.Multiply(gradient, gradient, scratch);
        TensorPrimitives.Multiply(scratch, 1 - _beta2, scratch);
        TensorPrimitives.MultiplyAdd(square, _beta2, scratch, square);
    }
}
