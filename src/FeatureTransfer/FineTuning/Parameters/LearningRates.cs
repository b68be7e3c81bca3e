namespace FeatureTransfer.FineTuning;

/// <summary>Differential learning rates: a factor for each weight, by name and by depth.</summary>
internal static class LearningRates
{
    /// <summary>The factor of a weight.</summary>
    /// <param name="options">Groups and decay.</param>
    /// <param name="name">The weight's name.</param>
    /// <param name="depth">How many layers lie between it and the head; the head's own weights have 0.</param>
    public static double Factor(FineTuneOptions options, string name, int depth) =>
        (options.LearningRateGroups.FirstOrDefault(group => NamePattern.Fits(group.Pattern, name))?.Factor ?? 1) * Math.Pow(options.LayerDecay, depth);
}
