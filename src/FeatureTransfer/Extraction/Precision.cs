namespace FeatureTransfer.Extraction;

/// <summary>What a backbone computes in.</summary>
public enum Precision
{
    /// <summary>32-bit floats, as it was trained.</summary>
    Float32,

    /// <summary>8-bit integers, fitted to the user's own inputs: faster on CPUs that have such products, features nearly the same.</summary>
    Int8,
}
