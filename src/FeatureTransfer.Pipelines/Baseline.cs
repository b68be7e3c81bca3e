namespace FeatureTransfer.Pipelines;

/// <summary>What the result of a pipeline is compared with.</summary>
public enum Baseline
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The same chain on the pixels themselves, 32 x 32, without a backbone.</summary>
    RawPixels,

    /// <summary>
    /// The same chain on counts of words, pairs of words and sequences of three letters, without a backbone: normalizers of these are left out, and
    /// L-BFGS has ML.NET's own penalty where the pipeline's is stronger.
    /// </summary>
    NGrams,

    /// <summary>The same chain on log-mel energies in 16 steps, without a backbone.</summary>
    LogMel,
}
