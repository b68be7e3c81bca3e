using System.Text.Json.Serialization;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>
/// How an encoded recording becomes windows of samples: channels are averaged, the rate is changed, the level is normalized over the whole
/// recording, then windows of one length are taken. A value is a sample of -1 to 1 times <see cref="Scale"/>.
/// </summary>
/// <remarks>
/// A recording shorter than a window stands in the middle of it, with zeros on both sides. In a longer one a window begins every
/// <see cref="HopSamples"/> as long as it fits; where samples are left behind the last, one more ends with the recording.
/// </remarks>
public sealed record AudioPreprocessing : Preprocessing
{
    /// <summary>Samples a second that the backbone takes. From 1,000 to 768,000. Default 16,000.</summary>
    public int SampleRate { get; init; } = 16000;

    /// <summary>Samples in a window. At most 2^26. Default 20,480: 1.28 seconds at 16,000 a second.</summary>
    public int WindowSamples { get; init; } = 20480;

    /// <summary>Share of a window that the next one repeats, from 0 to below 1. Default 0.5.</summary>
    public double Overlap { get; init; } = 0.5;

    /// <summary>What the level is brought to. Default <see cref="AudioNormalization.None"/>.</summary>
    public AudioNormalization Normalization { get; init; } = AudioNormalization.None;

    /// <summary>The largest magnitude under <see cref="AudioNormalization.Peak"/>, full scale being 1. Above 0, at most 1. Default 1.</summary>
    public double PeakLevel { get; init; } = 1;

    /// <summary>The root mean square under <see cref="AudioNormalization.Loudness"/>, full scale being 1. Above 0, at most 1. Default 0.1, which is -20 dB.</summary>
    public double LoudnessLevel { get; init; } = 0.1;

    /// <summary>Factor on a sample of -1 to 1; 32,768 for models that were trained on 16-bit amplitudes. Default 1.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>Recordings that last longer are rejected; they would take the memory of many. Above 0, at most 36,000. Default 600.</summary>
    public double MaxSeconds { get; init; } = 600;

    /// <inheritdoc/>
    [JsonIgnore]
    public override Modality Modality => Modality.Audio;

    /// <summary>Samples from the beginning of one window to that of the next, at least 1.</summary>
    public int HopSamples => Math.Max(1, (int)Math.Round(WindowSamples * (1 - Overlap)));

    /// <summary>A stable text of every setting that changes the windows, for the keys of caches and for model files.</summary>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"audio1|{SampleRate}|{WindowSamples}|{Overlap:R}|{Normalization}|{PeakLevel:R}|{LoudnessLevel:R}|{Scale:R}|{MaxSeconds:R}");

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message names all of them.</exception>
    public override void Validate()
    {
        var faults = AudioPreprocessingRules.Faults(this).ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"AudioPreprocessing: {string.Join("; ", faults)}.");
    }
}
