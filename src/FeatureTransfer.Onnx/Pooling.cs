namespace FeatureTransfer.Onnx;

/// <summary>
/// How a tapped tensor becomes one vector a row. Images are (batch, channels, height, width), token sequences
/// (batch, tokens, hidden); a tensor (batch, features) passes through every kind.
/// </summary>
public enum Pooling
{
    /// <summary>The mean over height and width, or over tokens.</summary>
    Avg,

    /// <summary>The maximum over height and width, or over tokens.</summary>
    Max,

    /// <summary>The generalised mean with p = 3 over height and width, or over tokens, negative values taken as 0 (Radenovic et al. 2018, arXiv:1711.02512).</summary>
    Gem,

    /// <summary>The first token of a sequence.</summary>
    Cls,

    /// <summary>All values, as one vector.</summary>
    Flatten,

    /// <summary>The tensor as it is; the vector column keeps its dimensions.</summary>
    None,
}
