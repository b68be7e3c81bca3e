namespace FeatureTransfer.Backbones;

/// <summary>What is known of a backbone's ONNX file on this machine.</summary>
public enum StoredFile
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is there, and no hash tells what it should be: the card has none, or the file was converted or made here.</summary>
    Unchecked,

    /// <summary>Its hash is the card's.</summary>
    Matches,

    /// <summary>Its hash is not the card's.</summary>
    Differs,
}
