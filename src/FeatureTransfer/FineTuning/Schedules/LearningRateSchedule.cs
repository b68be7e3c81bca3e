namespace FeatureTransfer.FineTuning;

/// <summary>The learning rate along a phase, as a factor.</summary>
internal sealed class LearningRateSchedule(ScheduleOptions options, int epochs, int stepsPerEpoch)
{
    private readonly int _steps = Math.Max(1, epochs * stepsPerEpoch);

    // A warm-up as long as the phase would leave no course.
    private readonly int _warmUp = options.Kind == ScheduleKind.OneCycle
        ? 0
        : (int)Math.Min(options.WarmUpEpochs * stepsPerEpoch, epochs * stepsPerEpoch / 2.0);

    /// <summary>The factor on the learning rate.</summary>
    /// <param name="step">The step of the phase, from 0.</param>
    public double Factor(long step)
    {
        if (step < _warmUp)
            return (step + 1.0) / (_warmUp + 1);
        var done = Math.Clamp((step - _warmUp) / Math.Max(1.0, _steps - 1 - _warmUp), 0, 1);
        return options.Kind switch
        {
            ScheduleKind.Cosine => Between(1, options.FinalFactor, done),
            ScheduleKind.Step => Math.Pow(options.StepFactor, Math.Floor(step / ((double)stepsPerEpoch * options.StepEpochs))),
            ScheduleKind.OneCycle => OneCycle(done),
            _ => 1,
        };
    }

    private double OneCycle(double done) => done < options.RisingShare
        ? Between(options.InitialFactor, 1, done / options.RisingShare)
        : Between(1, options.FinalFactor, (done - options.RisingShare) / Math.Max(1e-9, 1 - options.RisingShare));

    // Along half a cosine.
    private static double Between(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);
}
