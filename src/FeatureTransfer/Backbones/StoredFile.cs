namespace FeatureTransfer.Backbones;

/// <summary>What is known of a backbone's ONNX file on this machine.</summary>
public enum StoredFile
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is there, and no hash tells what it should be: the card has none.</summary>
    Unchecked,

    /// <summary>Its hash is the card's, or for a file that was converted or made here, the one that was noted then.</summary>
    Matches,

    /// <summary>Its hash is another.</summary>
    Differs,
}
