namespace FeatureTransfer.Onnx;

/// <summary>
/// How a tapped tensor becomes one vector a row. Images are (batch, channels, height, width), token sequences
/// (batch, tokens, hidden); a tensor (batch, features) passes through every kind. Tokens that only fill a text up to the longest of its
/// batch never count.
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

    /// <summary>The last token of a sequence, as networks that predict the next word want it.</summary>
    Last,
}
