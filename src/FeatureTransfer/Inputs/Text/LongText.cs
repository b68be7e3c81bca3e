namespace FeatureTransfer.Inputs.Text;

/// <summary>What becomes of a text of more tokens than a backbone reads at once.</summary>
public enum LongText
{
    /// <summary>Its beginning is read.</summary>
    Truncate,

    /// <summary>All of it is read, in windows that overlap; its features are the mean over them.</summary>
    Windows,
}
