namespace FeatureTransfer.Inputs.Audio;

/// <summary>What makes <see cref="AudioPreprocessing"/> valid, in one place.</summary>
internal static class AudioPreprocessingRules
{
    /// <summary>The rates that a recording or a model may have: below the least no speech is left, above the most no hardware records.</summary>
    public const int MinRate = 1000, MaxRate = 768000;

    private const int MaxWindow = 1 << 26;
    private const double MaxMaxSeconds = 36000;

    /// <summary>One sentence for each setting that is out of range.</summary>
    public static IEnumerable<string> Faults(AudioPreprocessing settings)
    {
        if (settings.SampleRate is < MinRate or > MaxRate)
            yield return Fault("SampleRate", settings.SampleRate, $"from {MinRate} to {MaxRate}");
        if (settings.WindowSamples is < 1 or > MaxWindow)
            yield return Fault("WindowSamples", settings.WindowSamples, $"from 1 to {MaxWindow}");
        if (settings.Overlap is not (>= 0 and < 1))
            yield return Fault("Overlap", settings.Overlap, "from 0 to below 1");
        if (!Enum.IsDefined(settings.Normalization))
            yield return Fault("Normalization", settings.Normalization, string.Join(", ", Enum.GetNames<AudioNormalization>()));
        if (settings.PeakLevel is not (> 0 and <= 1))
            yield return Fault("PeakLevel", settings.PeakLevel, "above 0 and at most 1");
        if (settings.LoudnessLevel is not (> 0 and <= 1))
            yield return Fault("LoudnessLevel", settings.LoudnessLevel, "above 0 and at most 1");
        if (!float.IsFinite(settings.Scale) || settings.Scale == 0)
            yield return Fault("Scale", settings.Scale, "a finite number that is not 0");
        if (settings.MaxSeconds is not (> 0 and <= MaxMaxSeconds))
            yield return Fault("MaxSeconds", settings.MaxSeconds, $"above 0 and at most {MaxMaxSeconds}");
    }

    private static string Fault<T>(string setting, T value, string expected) =>
        string.Create(CultureInfo.InvariantCulture, $"{setting} is '{value}', expected {expected}");
}
