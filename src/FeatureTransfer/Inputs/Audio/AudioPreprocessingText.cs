namespace FeatureTransfer.Inputs.Audio;

/// <summary>Reads settings back from <see cref="AudioPreprocessing.Fingerprint"/>, which says all of them. Model files hold this text.</summary>
internal static class AudioPreprocessingText
{
    public const string Kind = "audio1";
    private const int Fields = 9;

    /// <summary>The settings of a fingerprint.</summary>
    /// <exception cref="FormatException">The text is no fingerprint of this version.</exception>
    public static AudioPreprocessing Parse(string text)
    {
        var fields = text.Split('|');
        if (fields is not [Kind, ..] || fields.Length != Fields)
            throw new FormatException($"'{text}' is no preprocessing for audio that this version of FeatureTransfer reads. Use the version that wrote the model, or a newer one.");
        return new AudioPreprocessing
        {
            SampleRate = int.Parse(fields[1], CultureInfo.InvariantCulture),
            WindowSamples = int.Parse(fields[2], CultureInfo.InvariantCulture),
            Overlap = Number(fields[3]),
            Normalization = Enum.Parse<AudioNormalization>(fields[4]),
            PeakLevel = Number(fields[5]),
            LoudnessLevel = Number(fields[6]),
            Scale = float.Parse(fields[7], CultureInfo.InvariantCulture),
            MaxSeconds = Number(fields[8]),
        };
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
