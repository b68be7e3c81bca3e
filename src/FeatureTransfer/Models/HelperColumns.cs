namespace FeatureTransfer.Models;

/// <summary>Columns that exist only between the built-in transformers of a part; the last of them drops these.</summary>
internal static class HelperColumns
{
    /// <summary>The number 0, for want of any column that every row has.</summary>
    public const string Zero = "FeatureTransfer.Zero";

    /// <summary>How the input becomes tensors, as text.</summary>
    public const string Preparation = "FeatureTransfer.Preparation";

    /// <summary>A copy of the input column.</summary>
    public const string Input = "FeatureTransfer.Input";

    /// <summary>A copy of the column with the other half of a pair.</summary>
    public const string Pair = "FeatureTransfer.Pair";

    /// <summary>1 for a row of the source domain, 0 for others.</summary>
    public const string Domain = "FeatureTransfer.Domain";

    /// <summary>The place of the best class, from 0.</summary>
    public const string Best = "FeatureTransfer.Best";

    /// <summary>The name of the best class.</summary>
    public const string Name = "FeatureTransfer.Name";
}
