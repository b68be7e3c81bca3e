namespace FeatureTransfer.Pipelines;

/// <summary>What the result of a pipeline is compared with.</summary>
public enum Baseline
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The same chain on the pixels themselves, 32 x 32, without a backbone.</summary>
    RawPixels,
}
