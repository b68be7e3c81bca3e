namespace FeatureTransfer.Inputs;

/// <summary>What a backbone takes.</summary>
public enum Modality
{
    /// <summary>Images.</summary>
    Image,

    /// <summary>Text, as token ids.</summary>
    Text,

    /// <summary>Recordings.</summary>
    Audio,
}
