
namespace FeatureTransfer.FineTuning;

/// <summary>The learning-rate range test (Smith, 2017).</summary>
internal static class LearningRateFinder
{
    private const double Smoothing = 0.9;
    private const double Diverged = 4;

    /// <summary>Tries rates from small to large on a few batches; the weights are as before afterwards.</summary>
    /// <param name="context">The options and rows.</param>
    /// <param name="run">The phase.</param>
    /// <param name="found">The rate at which the smoothed loss falls fastest.</param>
    public static List<LearningRatePoint> Run(TuningContext context, PhaseRun run, out double found)
    {
        var before = run.Parameters.ToDictionary(parameter => parameter, parameter => (float[])parameter.Values.Clone());
        var curve = Try(context, run);
        foreach (var (parameter, values) in before)
        {
            values.CopyTo(parameter.Values, 0);
            (parameter.State, parameter.Steps) = ([], 0);
        }

        found = Steepest(curve, context.Options.LearningRate);
        return curve;
    }

    /// <summary>The rate at which the loss falls fastest, against the logarithm of the rate; where it never falls, the one given.</summary>
    public static double Steepest(IReadOnlyList<LearningRatePoint> curve, double otherwise)
    {
        var (best, slope) = (otherwise, 0.0);
        for (var i = 2; i + 2 < curve.Count; i++)
        {
            // Over five points, for single batches are noisy.
            var fall = (curve[i + 2].Loss - curve[i - 2].Loss) / Math.Log(curve[i + 2].LearningRate / curve[i - 2].LearningRate);
            if (fall < slope)
                (best, slope) = (curve[i].LearningRate, fall);
        }

        return best;
    }

    private static List<LearningRatePoint> Try(TuningContext context, PhaseRun run)
    {
        var options = context.Options.LearningRateFinder;
        var optimizer = Optimizer.Create(context.Options.Optimizer);
        var growth = Math.Pow(options.Maximum / options.Minimum, 1.0 / (options.Steps - 1));
        var (curve, mean, lowest) = (new List<LearningRatePoint>(), 0.0, double.PositiveInfinity);
        for (var epoch = 0; curve.Count < options.Steps; epoch++)
        {
            // The epochs of the test are none of the training's.
            foreach (var batch in run.Batches((int)RandomPurpose.Finder + 16, epoch, 0))
            {
                var loss = run.Backward(batch);
                mean = (Smoothing * mean) + ((1 - Smoothing) * loss);
                var smoothed = mean / (1 - Math.Pow(Smoothing, curve.Count + 1));
                if (!double.IsFinite(loss) || smoothed > Diverged * lowest)
                    return curve;
                lowest = Math.Min(lowest, smoothed);
                var rate = options.Minimum * Math.Pow(growth, curve.Count);
                curve.Add(new LearningRatePoint(rate, smoothed));
                if (curve.Count == options.Steps)
                    return curve;
                GradientNorm.Clip(run.Parameters, context.Options.Optimizer.ClipNorm);
                optimizer.Step(run.Parameters, rate);
            }
        }

        return curve;
    }
}
