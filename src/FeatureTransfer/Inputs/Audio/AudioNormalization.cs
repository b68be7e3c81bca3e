namespace FeatureTransfer.Inputs.Audio;

/// <summary>What a recording's level is brought to. Silence stays silence.</summary>
public enum AudioNormalization
{
    /// <summary>Nothing: the level counts.</summary>
    None,

    /// <summary>The largest magnitude becomes <see cref="AudioPreprocessing.PeakLevel"/>.</summary>
    Peak,

    /// <summary>The root mean square becomes <see cref="AudioPreprocessing.LoudnessLevel"/>; single samples may pass full scale, and are not clipped.</summary>
    Loudness,
}
