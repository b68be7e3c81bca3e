namespace FeatureTransfer.Pipelines.Steps;

/// <summary>ML.NET's options of a step.</summary>
internal static class TrainerOptions
{
    // Trainers with their own generator take the pipeline's seed; the others draw from the context, which has it already.
    private static readonly string[] _seeds = ["Seed", "FeatureSelectionSeed"];

    /// <summary>The options with the step's values, and with the pipeline's seed.</summary>
    public static TOptions Of<TOptions>(TrainerStep step, StepBuild build)
        where TOptions : class, new()
    {
        var options = TrainerDefaults.Write(step, new TOptions());
        foreach (var name in _seeds)
        {
            if (build.Seed is { } seed && OptionMember.Find(typeof(TOptions), name) is { } member)
                member.Set(options, seed);
        }

        return options;
    }
}
